import { collectionOf, type Fact, factsIn, type Observed, type Stored } from '../evidence/observed.js'
import { expectSame, type Violation } from './violation.js'

type Seen = Pick<Observed, 'records' | 'documents'>

interface Standing {
  hidden: boolean
  sequence: number
}

const TOLD = /^identity\.account\.(locked|unlocked|closure-requested|closure-cancelled)\.v1$/

/** The ids of accounts that nobody else may see. */
export const hiddenAccounts = (seen: Seen): ReadonlySet<string> =>
  new Set(
    collectionOf(seen, 'identity', 'accounts').flatMap(({ _id, closure, lock }) => (closure || lock ? [_id] : [])),
  )

/** What was told last of an account is how it stands, and so do profiles and media know it, with all that belongs to it. */
export function standingViolations(seen: Seen): Violation[] {
  const hidden = hiddenAccounts(seen)
  const told = Map.groupBy(
    factsIn(seen, 'identity.account').filter(({ type }) => TOLD.test(type)),
    ({ key }) => key,
  )
  const ids = collectionOf(seen, 'identity', 'accounts').map(({ _id }) => _id)
  return ids.flatMap((id) => {
    const last = told.get(id)?.reduce((a, b) => (a.sequence > b.sequence ? a : b))
    const wanted = last && { hidden: hidden.has(id), sequence: last.sequence }
    return [...owners(id, hidden.has(id), last), ...copies(seen, id, wanted), ...marks(seen, id, wanted)]
  })
}

const owners = (id: string, hidden: boolean, last: Fact | undefined): Violation[] =>
  expectSame('event without its state', `standing of ${id}`, Boolean(last?.data.hidden), hidden)

const standingOf = (known: Stored | Standing | undefined): Standing | undefined =>
  known && { hidden: Boolean(known.hidden), sequence: Number(known.sequence) }

function copies(seen: Seen, id: string, wanted: Standing | undefined): Violation[] {
  const where = [['profiles', 'standings'] as const, ['media', 'owners'] as const]
  return where.flatMap(([service, name]) => {
    const found = collectionOf(seen, service, name).find(({ _id }) => _id === id)
    return expectSame('wrong projection', `standing of ${id} in ${service}`, standingOf(found), wanted)
  })
}

/** A photo that was never published may have none. */
function marks(seen: Seen, id: string, wanted: Standing | undefined): Violation[] {
  const profiles = collectionOf(seen, 'profiles', 'profiles').filter(({ _id }) => _id === id)
  const follows = collectionOf(seen, 'profiles', 'follows')
  const photos = collectionOf(seen, 'media', 'photos').filter(
    ({ ownerId, status }) => ownerId === id && status === 'published',
  )
  const marked = [
    ...profiles.map(({ _id, standing }) => [`profile ${_id}`, standing] as const),
    ...follows
      .filter(({ _id }) => _id.startsWith(`${id}:`))
      .map(({ _id, standing }) => [`follow ${_id}`, standing?.follower] as const),
    ...follows
      .filter(({ _id }) => _id.endsWith(`:${id}`))
      .map(({ _id, standing }) => [`follow ${_id}`, standing?.followed] as const),
    ...photos.map(({ _id, owner }) => [`photo ${_id}`, owner] as const),
  ]
  return marked.flatMap(([what, found]) =>
    expectSame('wrong projection', `mark of ${what}`, standingOf(found as Standing | undefined), wanted),
  )
}
