import { createHash } from 'node:crypto'
import { topics } from '@mpics/contracts/catalogue'
import { collectionOf, factsOf, type Observed, type Stored } from '../evidence/observed.js'
import { lost, unasked } from './counted.js'
import { type Forgotten, includesOneOf } from './forgotten.js'
import { dueMails, idOf, type SenderDeath } from './mails.js'
import { violation, type Violation } from './violation.js'

const SERVICES = ['identity', 'profiles', 'media', 'notifications', 'analytics']
/** Its exports have ids that led to the account in identity alone. */
const NAMES_NOBODY = '_export_parts'
const lasting = topics.filter(({ retention }) => retention.kind !== 'days').map(({ name }) => name)

/** Whoever was erased is nowhere, was erased once, by every service, and got the receipt; nobody else was erased. */
export const erasureViolations = (
  seen: Observed,
  forgotten: readonly Forgotten[],
  deaths: readonly SenderDeath[],
): Violation[] => [
  ...forgotten.flatMap((one) => [
    ...inDatabases(seen, one),
    ...inTopics(seen, one),
    ...elsewhere(seen, one),
    ...erasedOnce(seen, one),
    ...mails(seen, one, deaths),
  ]),
  ...surplus(seen, forgotten),
]

const left = (about: string, { accountId }: Forgotten): Violation =>
  violation('not forgotten', about, `leads to the erased account ${accountId}`)

function inDatabases({ documents }: Observed, one: Forgotten): Violation[] {
  const sought = [...one.ids, ...one.words]
  return Object.entries(documents).flatMap(([service, collections]) =>
    Object.entries(collections).flatMap(([name, all]) =>
      name === NAMES_NOBODY
        ? []
        : all
            .filter((document) => includesOneOf(JSON.stringify(document), sought))
            .map(({ _id }) => left(`${service}.${name}/${_id}`, one)),
    ),
  )
}

/** Ids end with the retention of a topic; words never are in one, and what lasts is emptied. */
function inTopics({ records }: Observed, one: Forgotten): Violation[] {
  const worded = Object.entries(records).flatMap(([topic, all]) =>
    all.filter((record) => includesOneOf(JSON.stringify(record), one.words)).map(({ key }) => `${topic} ${key}`),
  )
  const kept = lasting.flatMap((topic) => {
    const last = new Map((records[topic] ?? []).map(({ key, value }) => [key ?? '', value]))
    return [...last].flatMap(([key, value]) =>
      value !== null && includesOneOf(key, one.ids) ? [`${topic} ${key}`] : [],
    )
  })
  return [...worded, ...kept].map((about) => left(about, one))
}

function elsewhere({ objects, logs }: Observed, one: Forgotten): Violation[] {
  const sought = [one.accountId, ...one.words]
  return [
    ...objects.filter((name) => includesOneOf(name, one.ids)).map((name) => left(name, one)),
    ...Object.entries(logs).flatMap(([file, text]) => (includesOneOf(text, sought) ? [left(file, one)] : [])),
  ]
}

const erasureOf = (seen: Observed, accountId: string): Stored | undefined => {
  const hash = createHash('sha256').update(`account ${accountId}`).digest('base64url')
  return collectionOf(seen, 'identity', 'erasures').find(({ accountHash }) => accountHash === hash)
}

function erasedOnce(seen: Observed, { accountId }: Forgotten): Violation[] {
  const erasure = erasureOf(seen, accountId)
  const told = (type: string, isIt: (data: Record<string, unknown>) => boolean, count = 1) => {
    const found = factsOf(seen, type).filter(({ data }) => isIt(data as Record<string, unknown>)).length
    const rule = found < count ? 'lost event' : 'doubled event'
    return found === count ? [] : [violation(rule, `${type} of ${accountId}`, `told ${found} times`)]
  }
  const parts = ((erasure?.['parts'] ?? []) as { service: string }[]).map(({ service }) => service)
  const isOver = erasure?.['finishedAt'] && erasure['receipt'] && parts.length === SERVICES.length
  return [
    ...told('identity.account.erased.v1', (data) => data['accountId'] === accountId),
    ...SERVICES.flatMap((service) =>
      told(`${service}.erasure.completed.v1`, ({ erasureId }) => erasureId === erasure?._id),
    ),
    ...(isOver ? [] : [lost(`erasure of ${accountId}`, `${parts.join(', ') || 'nobody'} has answered`)]),
    ...(erasure?.['mail'] ? [lost(`erasure of ${accountId}`, 'its address is still sealed')] : []),
  ]
}

/** The last one comes once, with the receipt; what came before had a cause. */
function mails(seen: Observed, { accountId, addresses }: Forgotten, deaths: readonly SenderDeath[]): Violation[] {
  const erasure = erasureOf(seen, accountId)
  const received = seen.mails.filter(({ to }) => to.some((address) => addresses.includes(address)))
  const last = received.filter(({ messageId }) => idOf(messageId) === erasure?._id)
  const due = new Set(dueMails(seen))
  const mayBeDoubled = deaths.some(({ to }) => erasure?.['finishedAt'] <= to)
  return [
    ...(last.some(({ text }) => text.includes(String(erasure?.['receipt'])))
      ? []
      : [violation('lost mail', `last mail to ${accountId}`, `${last.length} arrived, none with the receipt`)]),
    ...(last.length > 1 && !mayBeDoubled
      ? [violation('doubled mail', `last mail to ${accountId}`, `arrived ${last.length} times`)]
      : []),
    ...received
      .filter((mail) => !last.includes(mail) && !due.has(idOf(mail.messageId)))
      .map(({ messageId }) => violation('unasked mail', idOf(messageId), `came to the erased ${accountId}`)),
  ]
}

function surplus(seen: Observed, forgotten: readonly Forgotten[]): Violation[] {
  const asked = new Set(forgotten.map(({ accountId }) => erasureOf(seen, accountId)?._id))
  const erasures = collectionOf(seen, 'identity', 'erasures').filter(({ _id }) => !asked.has(_id))
  return erasures.map(({ _id }) => unasked(`erasure ${_id}`, 'nobody was to be erased'))
}
