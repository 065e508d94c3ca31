import { collectionOf, factsIn, factsOf, type Fact, type Observed, type Stored } from '../evidence/observed.js'
import { expectSame, violation, type Violation } from './violation.js'

type Seen = Pick<Observed, 'records' | 'documents'>

/** Aggregates with an event for every change: their events count without a gap up to their version. */
const TOLD_ALWAYS = [
  { service: 'profiles', collection: 'profiles', topic: 'profiles.profile' },
  { service: 'profiles', collection: 'follows', topic: 'profiles.follow' },
  { service: 'media', collection: 'photos', topic: 'media.photo' },
  { service: 'analytics', collection: 'pages', topic: 'analytics.view-total' },
]

/** The facts agree with the owners' documents, one for one. */
export const ownerViolations = (seen: Seen): Violation[] => [
  ...TOLD_ALWAYS.flatMap((kind) => toldAlways(seen, kind)),
  ...accounts(seen),
  ...sessions(seen),
  ...consents(seen),
  ...emails(seen),
]

function toldAlways(seen: Seen, { service, collection, topic }: (typeof TOLD_ALWAYS)[number]): Violation[] {
  const byKey = Map.groupBy(factsIn(seen, topic), ({ key }) => key)
  const documents = collectionOf(seen, service, collection)
  const known = new Set(documents.map(({ _id }) => _id))
  return [
    ...documents.flatMap(({ _id, version = 0 }) => gaps(`${topic} ${_id}`, byKey.get(_id) ?? [], version)),
    ...[...byKey.keys()].filter((key) => !known.has(key)).map((key) => orphan(topic, key)),
  ]
}

function gaps(about: string, facts: readonly Fact[], version: number): Violation[] {
  const sequences = new Set(facts.map(({ sequence }) => sequence))
  const missing = Array.from({ length: version }, (_, i) => i + 1).filter((sequence) => !sequences.has(sequence))
  const beyond = [...sequences].filter((sequence) => sequence > version)
  return [
    ...missing.map((sequence) => violation('lost event', about, `no event ${sequence} of ${version}`)),
    ...beyond.map((sequence) => violation('event without its state', about, `event ${sequence} of ${version}`)),
  ]
}

const orphan = (topic: string, key: string) => violation('event without its state', `${topic} ${key}`, 'no document')

function accounts(seen: Seen): Violation[] {
  const of = (type: string) => Map.groupBy(factsOf(seen, type), ({ key }) => key)
  const registered = of('identity.account.registered.v1')
  const verified = of('identity.account.email-verified.v1')
  const requested = of('identity.account.verification-requested.v1')
  const documents = collectionOf(seen, 'identity', 'accounts')
  const known = new Set(documents.map(({ _id }) => _id))
  return [
    ...documents.flatMap((account) => [
      ...exactly(`registered ${account._id}`, registered.get(account._id)?.length, 1),
      ...exactly(`verified ${account._id}`, verified.get(account._id)?.length, account['emailVerifiedAt'] ? 1 : 0),
      ...(requested.has(account._id)
        ? []
        : [violation('lost event', `verification ${account._id}`, 'never requested')]),
    ]),
    ...[...registered.keys()].filter((id) => !known.has(id)).map((id) => orphan('identity.account', id)),
  ]
}

function sessions(seen: Seen): Violation[] {
  const of = (type: string) => Map.groupBy(factsOf(seen, type), ({ key }) => key)
  const opened = of('identity.session.opened.v1')
  const revoked = of('identity.session.revoked.v1')
  return collectionOf(seen, 'identity', 'sessions').flatMap(({ _id, endedAt }) => [
    ...((opened.get(_id)?.length ?? 0) > 1 ? [violation('doubled event', `opened ${_id}`, 'told twice')] : []),
    ...exactly(`revoked ${_id}`, revoked.get(_id)?.length, endedAt ? 1 : 0),
  ])
}

/** Each entry of a ledger has one fact, in order. */
function consents(seen: Seen): Violation[] {
  const byAccount = Map.groupBy(factsOf(seen, 'identity.consent.changed.v1'), ({ data }) => data.accountId as string)
  return collectionOf(seen, 'identity', 'consents').flatMap(({ _id, entries }) => {
    const told = (byAccount.get(_id) ?? []).sort((a, b) => a.sequence - b.sequence)
    const wanted = (entries as { payload: { receiptId: string } }[]).map(({ payload }) => payload.receiptId)
    return expectSame(
      'lost event',
      `consents ${_id}`,
      told.map(({ data }) => data.receiptId),
      wanted,
    )
  })
}

function emails(seen: Seen): Violation[] {
  return ['sent', 'suppressed', 'bounced'].flatMap((status) => {
    const told = Map.groupBy(factsOf(seen, `notifications.email.${status}.v1`), ({ key }) => key)
    const documents = collectionOf(seen, 'notifications', 'emails')
    const wanted = (email: Stored) => (email['status'] === status ? 1 : 0)
    return documents.flatMap((email) =>
      exactly(`mail ${status} ${email._id}`, told.get(email._id)?.length, wanted(email)),
    )
  })
}

function exactly(about: string, found = 0, wanted: number): Violation[] {
  if (found === wanted) return []
  const rule = found < wanted ? 'lost event' : wanted === 0 ? 'event without its state' : 'doubled event'
  return [violation(rule, about, `told ${found} times instead of ${wanted}`)]
}
