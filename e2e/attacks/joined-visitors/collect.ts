import { topics } from '@mpics/contracts/catalogue'
import { type ReadRecord, readTopic } from '@mpics/eventing'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { logsIn } from '../../driver/system.js'
import { databaseOf } from './crowd.js'
import type { Evidence, SeenAct, SeenRequests, SeenSession, SeenView } from './evidence.js'

interface Place {
  mongodbUri: string
  brokers: string[]
  prefix: string
  logs: string
}

const STORES = ['identity', 'profiles', 'media', 'notifications', 'analytics']
/** They name the page that was looked at, which may be an account’s. */
const OF_PAGES = ['traffic.page-view', 'traffic.own-view']

/** Reads everything that anybody could read: each topic, each store, each log. */
export async function collect(place: Place, accounts: ReadonlySet<string>): Promise<Evidence> {
  const records = new Map<string, ReadRecord[]>()
  for (const { name } of topics)
    records.set(name, await readTopic({ brokers: place.brokers, prefix: place.prefix }, name))
  const stored = await storesOf(place)
  const owners = new Map(stored.flatMap(ownerOfSession))
  const told = [...records].filter(([name]) => !OF_PAGES.includes(name)).flatMap(([, all]) => all)
  return {
    views: records.get('traffic.page-view')!.map(viewOf),
    totals: records.get('analytics.view-total')!.map(totalOf),
    acts: records.get('profiles.follow')!.flatMap(followOf),
    requests: records.get('traffic.request')!.map(requestsOf),
    sessions: [
      ...told.flatMap((record) => momentsOf({ ...record.headers, ...json(record.value) }, accounts, owners)),
      ...stored.flatMap((document) => momentsOf(document, accounts, owners)),
      ...(await logsOf(place.logs)).flatMap((line) => momentsOf(line, accounts, owners)),
    ],
  }
}

const json = (text: string | null): Record<string, unknown> => JSON.parse(text ?? '{}') as Record<string, unknown>

function viewOf({ value, timestamp }: ReadRecord): SeenView {
  const {
    page,
    browserId,
    occurredAt,
    pageKind: _,
    subjectId: _subject,
    referrerHost: _referrer,
    ...looks
  } = json(value)
  const at = Math.min(Number(timestamp), Date.parse(occurredAt as string))
  return { page: page as string, browserId: browserId as string | null, looks: JSON.stringify(looks), at }
}

function totalOf({ value, headers }: ReadRecord) {
  const { page, total } = json(value) as { page: string; total: number }
  return { page, total, at: Date.parse(headers['ce_time']!) }
}

function followOf({ value, headers }: ReadRecord): SeenAct[] {
  if (!headers['ce_type']!.startsWith('profiles.follow.started.')) return []
  const { followerId, followedId } = json(value) as { followerId: string; followedId: string }
  return [{ accountId: followerId, page: `/profiles/${followedId}`, at: Date.parse(headers['ce_time']!) }]
}

function requestsOf({ value, timestamp, headers }: ReadRecord): SeenRequests {
  const { route, weight = 1, occurredAt } = json(value) as { route: string; weight?: number; occurredAt: string }
  const times = [Number(timestamp), Date.parse(headers['ce_time']!), Date.parse(occurredAt)]
  return { route, count: weight, at: Math.max(...times) }
}

async function storesOf({ mongodbUri, prefix }: Place): Promise<Record<string, unknown>[]> {
  const connection = await connectMongo(mongodbUri)
  try {
    const found: Record<string, unknown>[] = []
    for (const service of STORES) {
      const database = connection.getClient().db(databaseOf(prefix, service))
      for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray())
        found.push(...(await database.collection(name).find().toArray()))
    }
    return found
  } finally {
    await closeMongo(connection)
  }
}

async function logsOf(folder: string): Promise<Record<string, unknown>[]> {
  const texts = [...(await logsIn(folder)).values()]
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map(json),
  )
}

const ownerOfSession = (document: Record<string, unknown>): [string, string][] =>
  'refreshHash' in document ? [[String(document['_id']), String(document['accountId'])]] : []

function momentsOf(
  record: Record<string, unknown>,
  accounts: ReadonlySet<string>,
  owners: ReadonlyMap<string, string>,
): SeenSession[] {
  const values = [...leavesOf(record)]
  const named = values.flatMap((value) => (typeof value === 'string' ? [owners.get(value) ?? value] : []))
  const times = values.flatMap((value) => timeOf(value) ?? [])
  return [...new Set(named)]
    .filter((name) => accounts.has(name))
    .flatMap((accountId) => times.map((at) => ({ accountId, at })))
}

function* leavesOf(value: unknown): Generator<unknown> {
  if (value === null || typeof value !== 'object' || value instanceof Date) yield value
  else for (const part of Object.values(value)) yield* leavesOf(part)
}

function timeOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : undefined
}
