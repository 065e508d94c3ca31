import type { Attempt, Command } from '../evidence/history.js'
import type { Observed, SeenRecord, Stored } from '../evidence/observed.js'
import { emailIdOf } from './mails.js'

interface Told {
  type: string
  key: string
  sequence?: number
  data: object
}

let records = 0

export function told({ type, key, sequence, data }: Told): SeenRecord {
  const headers = { ce_id: `event-${++records}`, ce_type: type, ...(sequence && { ce_sequence: String(sequence) }) }
  return { partition: 0, offset: records, key, value: JSON.stringify(data), headers }
}

const ANN = 'account-ann'
export const BEN = 'account-ben'
const [PHOTO, OUT] = ['photo-1', 'session-out']
const FORMER = 'session-former'
const PAIR = `${ANN}:${BEN}`
const PAGE = `/photos/${PHOTO}`

export const registered = (id: string) => [
  told({ type: 'identity.account.registered.v1', key: id, sequence: 1, data: { accountId: id } }),
  told({ type: 'identity.account.verification-requested.v1', key: id, sequence: 2, data: { accountId: id } }),
  told({ type: 'identity.account.email-verified.v1', key: id, sequence: 3, data: { accountId: id } }),
]
const forgotten = (id: string) => [
  told({ type: 'identity.account.password-reset-requested.v1', key: id, sequence: 4, data: { accountId: id } }),
  told({ type: 'identity.account.password-changed.v1', key: id, sequence: 5, data: { accountId: id } }),
]
const session = (id: string) => [
  told({ type: 'identity.session.opened.v1', key: id, sequence: 1, data: { accountId: BEN, newDevice: false } }),
  told({ type: 'identity.session.revoked.v1', key: id, sequence: 2, data: { accountId: BEN } }),
]
const consent = (receiptId: string, sequence: number) =>
  told({ type: 'identity.consent.changed.v1', key: `${ANN}:email-news`, sequence, data: { accountId: ANN, receiptId } })
const follow = (type: string, sequence: number) =>
  told({ type: `profiles.follow.${type}.v1`, key: PAIR, sequence, data: { followerId: ANN, followedId: BEN } })
const photo = (type: string, sequence: number) =>
  told({ type: `media.photo.${type}.v1`, key: PHOTO, sequence, data: { photoId: PHOTO, ownerId: ANN } })

function recordsOf(): Observed['records'] {
  const profile = (id: string) =>
    told({ type: 'profiles.profile.created.v1', key: id, sequence: 1, data: { profileId: id } })
  const view = { page: PAGE, bot: false, loadKind: 'navigation' }
  return {
    'identity.account': [...registered(ANN), ...registered(BEN), ...forgotten(BEN)],
    'identity.session': [...session(FORMER), ...session(OUT)],
    'identity.consent': [consent('receipt-1', 1), consent('receipt-2', 2)],
    'profiles.profile': [profile(ANN), profile(BEN)],
    'profiles.follow': [follow('started', 1), follow('ended', 2), follow('started', 3)],
    'media.photo': [photo('uploaded', 1), photo('published', 2)],
    'traffic.page-view': [1, 2].map(() => told({ type: 'traffic.page-view.recorded.v1', key: PAGE, data: view })),
    'analytics.view-total': [
      told({ type: 'analytics.view-total.updated.v1', key: PAGE, sequence: 1, data: { page: PAGE, total: 2 } }),
    ],
    'notifications.email': [],
  }
}

export const account = (_id: string, handle: string): Stored => ({
  _id,
  version: 4,
  handle,
  email: `${handle}@people.example`,
  emailVerifiedAt: new Date(0),
  fullName: null,
  passwordChangedAt: new Date(1_000),
  credentialVersion: 2,
})
/** Sessions that prove the former password, or the present one. */
const ended = (_id: string, endedBy: 'password-changed' | 'logged-off'): Stored => ({
  _id,
  accountId: BEN,
  credentials: endedBy === 'logged-off' ? '2.1000' : '1.0',
  endedAt: new Date(3_000),
  endedBy,
})
export const profile = (_id: string, handle: string): Stored => ({
  _id,
  version: 1,
  handle,
  fullName: `Person ${handle}`,
})

function documentsOf(): Observed['documents'] {
  const entries = [
    { payload: { receiptId: 'receipt-1', purpose: 'email-news', granted: true } },
    { payload: { receiptId: 'receipt-2', purpose: 'email-news', granted: false } },
  ]
  return {
    identity: {
      accounts: [account(ANN, 'ann'), account(BEN, 'ben')],
      consents: [{ _id: ANN, version: 2, entries }],
      sessions: [ended(FORMER, 'password-changed'), ended(OUT, 'logged-off')],
    },
    profiles: {
      profiles: [profile(ANN, 'ann'), { ...profile(BEN, 'ben'), tally: { epoch: 3, followers: 1, following: 0 } }],
      follows: [{ _id: PAIR, version: 3, active: true }],
    },
    media: {
      follows: [{ _id: PAIR, following: true, sequence: 3 }],
      photos: [
        { _id: PHOTO, version: 2, ownerId: ANN, title: 'Sea', status: 'published', views: { total: 2, sequence: 1 } },
      ],
    },
    notifications: { consents: [{ _id: `${ANN}:email-news`, granted: false, sequence: 2 }], settings: [], emails: [] },
    analytics: {
      pages: [{ _id: PAGE, version: 1, total: 2 }],
      page_days: [{ _id: `day ${PAGE}`, page: PAGE, total: 2 }],
      site_traffic: [{ _id: 'all 0', period: 'all', total: 2 }],
    },
  }
}

/** The kinds of mails that facts call for; '' where ids leave the kind out. */
const MAILS: [RegExp, ...kinds: string[]][] = [
  [/verification-requested|password-(reset-requested|changed)|follow.started/, ''],
  [/closure-requested/, 'account-closing'],
  [/closure-cancelled/, 'account-restored'],
  [/account.locked/, 'account-locked'],
  [/account.unlocked/, 'account-unlocked'],
  [/email-change-requested/, 'freeze-email', 'confirm-email'],
  [/email-changed/, 'email-changed'],
  [/factor-added/, 'factor-added'],
  [/factor-removed/, 'factor-removed'],
  [/recovery-codes-made/, 'recovery-codes-made'],
  [/recovery-code-used/, 'recovery-code-used'],
  [/token.created/, 'program-token'],
]

/** Gives each fact that calls for a mail one that was sent, told and received. */
function withMails(seen: Observed): Observed {
  const due = Object.values(seen.records)
    .flat()
    .flatMap((fact) => {
      const [, ...kinds] = MAILS.find(([type]) => type.test(fact.headers['ce_type']!)) ?? []
      return kinds.map((kind) => ({ ...fact, kind }))
    })
  for (const { headers, value, kind } of due) {
    const { accountId, followedId } = JSON.parse(value!) as { accountId?: string; followedId?: string }
    const recipient = accountId ?? followedId!
    const emailId = emailIdOf(kind ? `${headers['ce_id']} ${kind}` : headers['ce_id']!, recipient)
    seen.documents['notifications']!['emails']!.push({
      _id: emailId,
      status: 'sent',
      kind: 'any',
      accountId: recipient,
      createdAt: new Date(1_000),
      finishedAt: new Date(2_000),
    })
    const data = { emailId }
    seen.records['notifications.email']!.push(
      told({ type: 'notifications.email.sent.v1', key: emailId, sequence: 3, data }),
    )
    const to = [`${recipient.replace('account-', '')}@people.example`]
    seen.mails.push({ messageId: `<${emailId}@localhost>`, to, text: '' })
  }
  return seen
}

export interface World {
  attempts: Attempt[]
  seen: Observed
}

type More = (did: (asked: Command, id?: string) => void, seen: Observed) => void

/** Two people, their commands, and every effect that should be there. `more` adds others. */
export function smallWorld(more: More = () => undefined): World {
  const attempts: Attempt[] = []
  const did = (asked: Command, id?: string) =>
    attempts.push({ command: attempts.length + 1, asked, outcome: 'acknowledged', status: 200, ...(id && { id }) })
  for (const [handle, id] of [['ann', ANN] as const, ['ben', BEN] as const]) {
    did({ kind: 'register', handle, email: `${handle}@people.example`, fullName: `Person ${handle}` }, id)
    did({ kind: 'verify', handle })
  }
  did({ kind: 'consent', accountId: ANN, purpose: 'email-news', granted: true }, 'receipt-1')
  did({ kind: 'consent', accountId: ANN, purpose: 'email-news', granted: false }, 'receipt-2')
  for (const kind of ['follow', 'unfollow', 'follow'] as const) did({ kind, followerId: ANN, followedId: BEN })
  did({ kind: 'upload', ownerId: ANN, title: 'Sea', damaged: false }, PHOTO)
  for (let view = 0; view < 2; view++) did({ kind: 'view', page: PAGE })
  for (const id of [FORMER, OUT]) did({ kind: 'log-in', handle: 'ben' }, id)
  did({ kind: 'request-reset', accountId: BEN })
  did({ kind: 'reset-password', accountId: BEN })
  did({ kind: 'log-off', sessionId: OUT })
  const documents = documentsOf()
  const nothing = { deadLetters: [], mails: [], unpublished: [], refused: [], objects: [], logs: {} }
  const seen = { records: recordsOf(), documents, ...nothing }
  more(did, seen)
  return { attempts, seen: withMails(seen) }
}
