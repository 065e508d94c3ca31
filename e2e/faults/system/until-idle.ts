import { setTimeout as delay } from 'node:timers/promises'
import { consumers } from '@mpics/contracts/catalogue'
import { createKafka, replayTopic } from '@mpics/eventing'
import { closeMongo, connectMongo } from '@mpics/mongo'
import type { System } from '@mpics/tools/environment/system/system'
import { uncountedHours } from '../../driver/uncounted-hours.js'
import { unpublishedIn } from './observe.js'

const AGAIN_MS = 150
const shared = consumers.filter(({ delivery }) => delivery === 'shared')

/** Topics of the catalogue by the group that hears them, replays included. */
const topicsByGroup = new Map(
  [...Map.groupBy(shared, ({ service }) => service)].map(([service, all]) => [
    service,
    [...new Set(all.flatMap(({ event: { topic } }) => [topic.name, replayTopic(topic.name, service)]))],
  ]),
)

type Where = Pick<System, 'stack' | 'prefix'>
type Connection = Awaited<ReturnType<typeof connectMongo>>
type Admin = ReturnType<ReturnType<typeof createKafka>['admin']>

/** Waits for rest: outboxes empty, topics read, photos decoded, due mails sent. Looks twice, since each can cause another. */
export async function untilIdle(system: Where, withinMs = 240_000): Promise<void> {
  const { stack, prefix } = system
  const connection = await connectMongo(stack.mongodbUri, { poolSize: 5, selectionTimeoutMs: 120_000 })
  const admin = createKafka({ brokers: stack.kafkaBrokers.split(','), prefix }).admin()
  try {
    await admin.connect()
    await untilQuiet(() => busyWith(connection, admin, prefix), withinMs)
  } finally {
    await admin.disconnect()
    await closeMongo(connection)
  }
}

async function untilQuiet(look: () => Promise<string[]>, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs
  for (let quiet = 0; quiet < 2;) {
    const busy = await look().catch((error: Error) => [error.message])
    quiet = busy.length === 0 ? quiet + 1 : 0
    if (performance.now() > until)
      throw new Error(`not at rest after ${withinMs / 1000} s: ${busy.slice(0, 5).join(', ')}`)
    await delay(AGAIN_MS)
  }
}

async function busyWith(connection: Connection, admin: Admin, prefix: string): Promise<string[]> {
  const unpublished = await unpublishedIn(connection, prefix)
  if (unpublished.length > 0) return unpublished
  const count = (service: string, collection: string, filter: object) =>
    connection.useDb(`${prefix}${service}`, { useCache: true }).db!.collection(collection).countDocuments(filter)
  // a digest is due tomorrow
  const soon = { status: 'queued', dueAt: { $lt: new Date(Date.now() + 3_600_000) } }
  const mails = await count('notifications', 'emails', soon)
  const leaving = await count('identity', 'accounts', { 'closure.erasesAt': { $lt: new Date() } })
  const erasures = await count('identity', 'erasures', { $or: [{ finishedAt: null }, { mail: { $ne: null } }] })
  const photos = await count('media', 'photos', { status: 'processing' })
  const lags = await lagsOf(admin, prefix)
  const work = { mails, photos, 'accounts to be erased': leaving, 'erasures that are not over': erasures }
  const busy = [...lags, ...Object.entries(work).flatMap(([what, many]) => (many > 0 ? [`${many} ${what}`] : []))]
  if (busy.length > 0) return busy
  const hours = await uncountedHours(connection.useDb(`${prefix}analytics`, { useCache: true }).db!)
  return hours.map((hour) => `the hour ${hour} is not counted`)
}

async function lagsOf(admin: Admin, prefix: string): Promise<string[]> {
  const existing = new Set(await admin.listTopics())
  const groups = [...topicsByGroup].map(async ([service, names]) => {
    const topics = names.map((name) => prefix + name).filter((topic) => existing.has(topic))
    const committed = await admin.fetchOffsets({ groupId: prefix + service, topics })
    return Promise.all(committed.map((offsets) => lagOf(admin, service, offsets)))
  })
  return (await Promise.all(groups)).flat(2)
}

interface Committed {
  topic: string
  partitions: { partition: number; offset: string }[]
}

async function lagOf(admin: Admin, service: string, { topic, partitions }: Committed): Promise<string[]> {
  const done = new Map(partitions.map((p) => [p.partition, Math.max(0, Number(p.offset))]))
  const ends = await admin.fetchTopicOffsets(topic)
  const lag = ends.reduce((sum, { partition, high }) => sum + Math.max(0, Number(high) - (done.get(partition) ?? 0)), 0)
  return lag > 0 ? [`${service} is ${lag} behind on ${topic}`] : []
}
