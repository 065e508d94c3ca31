import { serviceNames, services } from '@mpics/contracts'
import { topics } from '@mpics/contracts/catalogue'
import { DeadLetters, readTopic } from '@mpics/eventing'
import { closeMongo, connectMongo } from '@mpics/mongo'
import type { System } from '@mpics/tools/environment/system/system'
import { StoredObjects } from '../../driver/stored-objects.js'
import type { Observed, SeenMail, SeenRecord, Stored } from '../evidence/observed.js'

const withDatabase = serviceNames.filter((name) => (services[name].needs as readonly string[]).includes('database'))
const UNPUBLISHED = { '_outbox.0': { $exists: true } }

type Where = Pick<System, 'stack' | 'prefix'>
type Connection = Awaited<ReturnType<typeof connectMongo>>

/** Reads everything: all topics, all collections of all services, all mails. */
export async function observe({ stack, prefix }: Where): Promise<Observed> {
  const access = { brokers: stack.kafkaBrokers.split(','), prefix }
  const connection = await connectMongo(stack.mongodbUri)
  try {
    const [records, deadLetters, stored, mails, objects] = await Promise.all([
      Promise.all(topics.map(async ({ name }) => [name, await readTopic(access, name)] as const)),
      new DeadLetters(access).list(),
      Promise.all(
        withDatabase.map(async (service) => [service, await collectionsOf(connection, prefix, service)] as const),
      ),
      mailsIn(stack.mailApi!),
      new StoredObjects({ stack, prefix }).names(),
    ])
    const documents = Object.fromEntries(stored)
    return {
      records: Object.fromEntries(records),
      deadLetters: deadLetters.map(({ topic, group, eventId, origin }) => ({ topic, group, eventId, origin })),
      documents,
      mails,
      objects,
      logs: {},
      unpublished: await unpublishedIn(connection, prefix),
      refused: Object.values(documents).flatMap((all) => (all['_refused_events'] ?? []).map(({ _id }) => _id)),
    }
  } finally {
    await closeMongo(connection)
  }
}

/** One topic, for those who ask again and again. */
export const recordsOf = ({ stack, prefix }: Where, topic: string): Promise<SeenRecord[]> =>
  readTopic({ brokers: stack.kafkaBrokers.split(','), prefix }, topic)

/** One collection, for those who ask again and again. */
export async function documentsOf({ stack, prefix }: Where, service: string, collection: string): Promise<Stored[]> {
  const connection = await connectMongo(stack.mongodbUri)
  try {
    const { db } = connection.useDb(databaseOf(prefix, service))
    return await db!.collection<Stored>(collection).find().toArray()
  } finally {
    await closeMongo(connection)
  }
}

/** The system's `databaseUri` names them so. */
const databaseOf = (prefix: string, service: string) => `${prefix}${service}`.replace(/[^A-Za-z0-9_-]/g, '_')

async function collectionsOf(connection: Connection, prefix: string, service: string) {
  const { db } = connection.useDb(databaseOf(prefix, service), { useCache: true })
  const names = (await db!.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)
  const read = names.map(async (name) => [name, await db!.collection<Stored>(name).find().toArray()] as const)
  return Object.fromEntries(await Promise.all(read))
}

/** `service.collection/id` of documents with unpublished events. */
export async function unpublishedIn(connection: Connection, prefix: string): Promise<string[]> {
  const found = withDatabase.map(async (service) => {
    const { db } = connection.useDb(databaseOf(prefix, service), { useCache: true })
    const names = (await db!.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)
    const ids = names.map(async (name) => {
      const waiting = await db!
        .collection<Stored>(name)
        .find(UNPUBLISHED, { projection: { _id: 1 } })
        .toArray()
      return waiting.map(({ _id }) => `${service}.${name}/${_id}`)
    })
    return (await Promise.all(ids)).flat()
  })
  return (await Promise.all(found)).flat()
}

interface Lease {
  /** `host/pid/…` of the process. */
  holder: string | null
  until: Date
}

/** Process id of the holder of a relay's lease; undefined while there is none. */
export async function relayLeader({ stack, prefix }: Where, service: string): Promise<number | undefined> {
  const connection = await connectMongo(stack.mongodbUri)
  try {
    const { db } = connection.useDb(databaseOf(prefix, service))
    const held = { holder: { $ne: null }, until: { $gt: new Date() } }
    const lease = await db!.collection<Lease & Stored>('_leases').findOne({ _id: `${prefix}${service}.relay`, ...held })
    return lease?.holder ? Number(lease.holder.split('/')[1]) : undefined
  } finally {
    await closeMongo(connection)
  }
}

async function mailsIn(api: string): Promise<SeenMail[]> {
  const response = await fetch(`${api}/api/email`)
  if (!response.ok) throw new Error(`the mail sink answered ${response.status}`)
  const mails = (await response.json()) as {
    headers: Record<string, string>
    text?: string
    to: { address: string }[]
  }[]
  return mails.map(({ headers, text = '', to }) => ({
    text,
    messageId: headers['message-id'] ?? '',
    to: to.map(({ address }) => address),
  }))
}
