import { createHash } from 'node:crypto'
import type { Command } from '../evidence/history.js'
import type { Observed, SeenRecord } from '../evidence/observed.js'
import { BEN, registered, smallWorld, told, type World } from './small-world.js'

export const EVA = 'account-eva'
const [PHOTO, SESSION, EXPORT, ERASURE] = ['photo-eva', 'session-eva', 'export-eva', 'erasure-1']
const PAGE = `/photos/${PHOTO}`
const SERVICES = ['identity', 'profiles', 'media', 'notifications', 'analytics']
const OVER = new Date(9_000)

type Did = (asked: Command, id?: string) => void

/** The small world with somebody more, who took everything along and is erased. */
export function smallErasure(): World {
  const world = smallWorld((did, seen) => {
    lives(did)
    tells(seen.records)
    remains(seen)
  })
  const { documents } = world.seen
  documents['notifications']!['emails'] = documents['notifications']!['emails']!.filter(
    ({ accountId }) => accountId !== EVA,
  )
  return world
}

function lives(did: Did): void {
  did({ kind: 'register', handle: 'eva_1990', email: 'eva.1990@people.example', fullName: 'Eva of 1990' }, EVA)
  did({ kind: 'verify', handle: 'eva_1990' })
  did({ kind: 'log-in', handle: 'eva_1990' }, SESSION)
  did({ kind: 'follow', followerId: EVA, followedId: BEN })
  did({ kind: 'follow', followerId: BEN, followedId: EVA })
  did({ kind: 'consent', accountId: EVA, purpose: 'email-news', granted: true }, 'receipt-eva')
  did({ kind: 'upload', ownerId: EVA, title: 'A wood', damaged: false }, PHOTO)
  did({ kind: 'view', page: PAGE })
  did({ kind: 'request-export', accountId: EVA }, EXPORT)
  const opened = { exportId: EXPORT, services: [...SERVICES], photoIds: [PHOTO], broken: [] }
  did({ kind: 'read-export', accountId: EVA, ...opened })
  did({ kind: 'close-account', accountId: EVA })
  did({ kind: 'erase-account', accountId: EVA, handle: 'eva_1990' })
}

const tombstone = (type: string, key: string): SeenRecord => ({
  ...told({ type, key, sequence: 2, data: {} }),
  value: null,
})

function tells(records: Observed['records']): void {
  const account = { accountId: EVA }
  const add = (type: string, key: string, sequence: number | undefined, data: object) => {
    const topic = type.split('.').slice(0, 2).join('.')
    ;(records[topic] ??= []).push(told({ type: `${type}.v1`, key, ...(sequence && { sequence }), data }))
  }
  records['identity.account']!.push(...registered(EVA))
  add('identity.account.closure-requested', EVA, 4, { ...account, hidden: true })
  add('identity.account.erased', EVA, 5, { ...account, erasureId: ERASURE })
  add('identity.session.opened', SESSION, 1, { ...account, newDevice: false })
  add('identity.session.revoked', SESSION, 2, account)
  add('identity.consent.changed', `${EVA}:email-news`, 1, { ...account, receiptId: 'receipt-eva' })
  records['identity.consent']!.push(tombstone('identity.consent.changed.v1', `${EVA}:email-news`))
  add('identity.export.requested', EXPORT, 1, { ...account, exportId: EXPORT })
  add('identity.export.completed', EXPORT, 2, { ...account, exportId: EXPORT })
  add('profiles.profile.created', EVA, 1, { profileId: EVA })
  add('profiles.follow.started', `${EVA}:${BEN}`, 1, { followerId: EVA, followedId: BEN })
  add('profiles.follow.started', `${BEN}:${EVA}`, 1, { followerId: BEN, followedId: EVA })
  add('media.photo.uploaded', PHOTO, 1, { photoId: PHOTO, ownerId: EVA })
  add('media.photo.published', PHOTO, 2, { photoId: PHOTO, ownerId: EVA })
  add('media.photo.erased', PHOTO, 3, { photoId: PHOTO })
  add('traffic.page-view.recorded', PAGE, undefined, { page: PAGE, bot: false, loadKind: 'navigation' })
  add('analytics.view-total.updated', PAGE, 1, { page: PAGE, total: 1 })
  records['analytics.view-total']!.push(tombstone('analytics.view-total.updated.v1', PAGE))
  for (const service of SERVICES) add(`${service}.erasure.completed`, ERASURE, 1, { erasureId: ERASURE, documents: 3 })
}

/** The erasure, its receipt, and the number of a view. */
function remains({ documents, mails }: Observed): void {
  const accountHash = createHash('sha256').update(`account ${EVA}`).digest('base64url')
  const parts = SERVICES.map((service) => ({ service, documents: 3, objects: 0 }))
  const over = { finishedAt: OVER, receipt: 'a signed receipt', mail: null }
  documents['identity']!['erasures'] = [{ _id: ERASURE, accountHash, parts, ...over }]
  documents['analytics']!['site_traffic']![0]!['total'] = 3
  const to = ['eva.1990@people.example']
  mails.push({ messageId: `<${ERASURE}@localhost>`, to, text: 'Here is a signed receipt.' })
}
