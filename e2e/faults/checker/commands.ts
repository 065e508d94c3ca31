import type { Attempt, Command } from '../evidence/history.js'
import { collectionOf, factsIn, factsOf, type Observed, type Stored } from '../evidence/observed.js'
import { changed, lost, openOf, unasked } from './counted.js'
import { historyOf, issued, type Issued } from './issued.js'
import type { Violation } from './violation.js'

type Upload = Extract<Command, { kind: 'upload' }>
type Seen = Pick<Observed, 'records' | 'documents'>

/** Every acknowledged command has its effect, and every effect has a command. */
export const commandViolations = (attempts: readonly Attempt[], seen: Seen): Violation[] => [
  ...registrations(attempts, seen),
  ...logOffs(attempts, seen),
  ...follows(attempts, seen),
  ...receipts(attempts, seen),
  ...settings(attempts, seen),
  ...visibilities(attempts, seen),
  ...photos(attempts, seen),
  ...views(attempts, seen),
]

function registrations(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const byHandle = new Map(collectionOf(seen, 'identity', 'accounts').map((a) => [a['handle'] as string, a]))
  const asked = issued(attempts, 'register')
  const verified = issued(attempts, 'verify').filter(({ acknowledged }) => acknowledged)
  const logIns = issued(attempts, 'log-in').filter(({ acknowledged }) => acknowledged)
  const sessions = new Set(collectionOf(seen, 'identity', 'sessions').map(({ _id }) => _id))
  const handles = new Set(asked.map((one) => one.asked.handle))
  return [
    ...asked.flatMap(({ asked: { handle }, acknowledged, id }) =>
      acknowledged && byHandle.get(handle)?._id !== id ? [lost(`registration of ${handle}`, `${id} is not there`)] : [],
    ),
    ...verified.flatMap(({ asked: { handle } }) =>
      byHandle.get(handle)?.['emailVerifiedAt'] ? [] : [lost(`verification of ${handle}`, 'not verified')],
    ),
    ...logIns.flatMap(({ asked: { handle }, id }) =>
      sessions.has(id!) ? [] : [lost(`log-in of ${handle}`, `no session ${id}`)],
    ),
    ...[...byHandle.keys()].filter((h) => !handles.has(h)).map((h) => unasked(`account ${h}`, 'nobody registered it')),
  ]
}

function logOffs(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const asked = issued(attempts, 'log-off')
  const known = new Set(asked.map((one) => one.asked.sessionId))
  const sessions = collectionOf(seen, 'identity', 'sessions')
  const live = new Set(sessions.filter(({ endedAt }) => !endedAt).map(({ _id }) => _id))
  return [
    ...asked
      .filter(({ acknowledged, asked: { sessionId } }) => acknowledged && live.has(sessionId))
      .map(({ asked: { sessionId } }) => lost(`log-off of ${sessionId}`, 'the session lives')),
    ...sessions
      .filter(({ _id, endedBy }) => endedBy === 'logged-off' && !known.has(_id))
      .map(({ _id }) => unasked(`log-off of ${_id}`, 'not asked for')),
  ]
}

function follows(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const pairOf = ({ asked }: ReturnType<typeof relations>[number]) => `${asked.followerId}:${asked.followedId}`
  const asked = Map.groupBy(relations(attempts), pairOf)
  const documents = new Map(collectionOf(seen, 'profiles', 'follows').map((follow) => [follow._id, follow]))
  const facts = Map.groupBy(factsIn(seen, 'profiles.follow'), ({ key }) => key)
  return [
    ...[...asked].flatMap(([pair, commands]) => {
      const history = historyOf(
        false,
        commands.map((one) => ({ value: one.asked.kind === 'follow', issued: one })),
      )
      const active = Boolean(documents.get(pair)?.['active'])
      return changed(`follow ${pair}`, history, facts.get(pair)?.length ?? 0, active)
    }),
    ...[...documents.keys()]
      .filter((pair) => !asked.has(pair))
      .map((pair) => unasked(`follow ${pair}`, 'not asked for')),
  ]
}

const relations = (attempts: readonly Attempt[]) => issued(attempts, 'follow', 'unfollow')

function receipts(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const ledgers = new Map(collectionOf(seen, 'identity', 'consents').map((ledger) => [ledger._id, ledger]))
  const byAccount = Map.groupBy(issued(attempts, 'consent'), ({ asked }) => asked.accountId)
  return [
    ...[...byAccount].flatMap(([account, commands]) => {
      const entries = (ledgers.get(account)?.['entries'] ?? []) as { payload: { receiptId: string } }[]
      const there = new Set(entries.map(({ payload }) => payload.receiptId))
      const missing = commands.filter(({ acknowledged, id }) => acknowledged && !there.has(id!))
      const known = new Set(commands.map(({ id }) => id))
      const unknown = entries.filter(({ payload }) => !known.has(payload.receiptId)).length
      const open = openOf(commands)
      return [
        ...missing.map(({ id, asked }) => lost(`consent ${account} ${asked.purpose}`, `no receipt ${id}`)),
        ...(unknown > open ? [unasked(`consents ${account}`, `${unknown} unknown entries, ${open} open`)] : []),
      ]
    }),
    ...[...ledgers.keys()].filter((id) => !byAccount.has(id)).map((id) => unasked(`consents ${id}`, 'not asked for')),
  ]
}

function settings(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const byAccount = Map.groupBy(issued(attempts, 'mail-setting'), ({ asked }) => asked.accountId)
  const stored = new Map(collectionOf(seen, 'notifications', 'settings').map((s) => [s._id, s]))
  return [...byAccount].flatMap(([account, commands]) => {
    const { finals } = historyOf(
      'immediate',
      commands.map((one) => ({ value: one.asked.follows, issued: one })),
    )
    const found = (stored.get(account)?.['choices'] as { follows?: string } | undefined)?.follows ?? 'immediate'
    return finals.includes(found) ? [] : [lost(`mail setting of ${account}`, `${found} instead of ${finals[0]}`)]
  })
}

function visibilities(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const byAccount = Map.groupBy(issued(attempts, 'visibility'), ({ asked }) => asked.accountId)
  const profiles = new Map(collectionOf(seen, 'profiles', 'profiles').map((profile) => [profile._id, profile]))
  const facts = Map.groupBy(factsOf(seen, 'profiles.profile.visibility-changed.v1'), ({ key }) => key)
  return [...byAccount].flatMap(([account, commands]) => {
    // the first fact changes other fields too
    const history = historyOf(
      'as it was made',
      commands.map((one) => ({ value: one.asked.bio, issued: one })),
    )
    const bio = (profiles.get(account)?.['visibility'] as { bio?: string } | undefined)?.bio ?? ''
    return changed(`visibility of ${account}`, history, facts.get(account)?.length ?? 0, bio)
  })
}

function photos(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const uploads = issued(attempts, 'upload')
  const documents = new Map(collectionOf(seen, 'media', 'photos').map((photo) => [photo._id, photo]))
  const byOwner = Map.groupBy(uploads, ({ asked }) => asked.ownerId)
  const known = new Set(uploads.map(({ id }) => id))
  return [
    ...uploads.flatMap((upload) =>
      upload.acknowledged ? onePhoto(attempts, seen, upload, documents.get(upload.id!)) : [],
    ),
    ...[...Map.groupBy(documents.values(), (photo) => photo['ownerId'] as string)].flatMap(([owner, all]) => {
      const unknown = all.filter(({ _id }) => !known.has(_id)).length
      const open = openOf(byOwner.get(owner) ?? [])
      return unknown > open ? [unasked(`photos of ${owner}`, `${unknown} unknown ones, ${open} open uploads`)] : []
    }),
  ]
}

function onePhoto(
  attempts: readonly Attempt[],
  seen: Seen,
  upload: Issued<Upload>,
  photo: Stored | undefined,
): Violation[] {
  const about = `photo ${upload.id}`
  if (!photo) return [lost(about, 'is not there')]
  const titles = issued(attempts, 'retitle').filter(({ asked }) => asked.photoId === upload.id)
  const history = historyOf(
    upload.asked.title,
    titles.map((one) => ({ value: one.asked.title, issued: one })),
  )
  const facts = factsOf(seen, 'media.photo.changed.v1').filter(({ key }) => key === upload.id)
  const removal = issued(attempts, 'remove').find(({ asked }) => asked.photoId === upload.id)
  const removed = photo['status'] === 'removed'
  const outcome = upload.asked.damaged ? 'rejected' : 'published'
  return [
    ...changed(about, history, facts.length, photo['title'] as string),
    ...(removal?.acknowledged && !removed ? [lost(about, 'was not removed')] : []),
    ...(removed && !removal ? [unasked(about, 'was removed')] : []),
    ...(removed || photo['status'] === outcome ? [] : [lost(about, `is ${photo['status']}`)]),
  ]
}

function views(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const byPage = Map.groupBy(issued(attempts, 'view'), ({ asked }) => asked.page)
  const told = Map.groupBy(factsOf(seen, 'traffic.page-view.recorded.v1'), ({ key }) => key)
  return [...new Set([...byPage.keys(), ...told.keys()])].flatMap((page) => {
    const commands = byPage.get(page) ?? []
    const acknowledged = commands.filter((one) => one.acknowledged).length
    const [found, open] = [told.get(page)?.length ?? 0, openOf(commands)]
    if (found < acknowledged) return [lost(`views of ${page}`, `${found} instead of ${acknowledged}`)]
    if (found > acknowledged + open)
      return [unasked(`views of ${page}`, `${found} of ${acknowledged} and ${open} open`)]
    return []
  })
}
