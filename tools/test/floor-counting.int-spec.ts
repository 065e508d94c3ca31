import { analytics, gateway } from '@mpics/contracts'
import { createTopics } from '@mpics/eventing'
import { closeMongo, type Connection, connectMongo, type Session } from '@mpics/mongo'
import { eventually } from '@mpics/testing/eventually'
import { BareServer } from '../src/bench/references/bare-server.js'
import { endAbandoned } from '../src/bench/references/floor/abandoned.js'
import { bus } from '../src/bench/references/floor/bus.js'
import { Counting, DAYS, HOURS, PLACES, TALLIES } from '../src/bench/references/floor/counting.js'
import type { View } from '../src/bench/references/floor/view.js'
import { prepareLog, type Stretch, VIEW_LOG, viewsIn } from '../src/bench/references/floor/view-log.js'
import { configuredAddresses } from '../src/environment/servers/addresses.js'
import { databaseUri } from '../src/environment/system/environment.js'

const stack = configuredAddresses(process.env)
const [ONE, OTHER] = ['/photos/one', '/photos/other']
const [TODAY, YESTERDAY, SUNDAY] = ['2026-12-01', '2026-11-30', '2026-11-29']

const WAIT_MS = 120_000
/** MongoDB itself ends an abandoned transaction after a minute. */
const ENDED_MS = 40_000

interface Explained {
  executionStats: { totalDocsExamined: number }
}

interface Counts {
  _id: string
  total: number
  day: string
  views: number
  since: number
}

describe('the floor of counting', () => {
  const prefix = `floor-counting${Date.now()}-`
  let connection: Connection
  let another: Connection
  let tests = 0

  const uriOf = (test: number) => databaseUri(stack.mongodbUri, `${prefix}${test}-`)

  beforeEach(async () => {
    tests++
    connection = await connectMongo(uriOf(tests), { appName: `${prefix}${tests}` })
    another = await connectMongo(uriOf(tests), { appName: `${prefix}${tests}-another` })
    await prepareLog(connection.db!)
  })
  afterEach(async () => {
    await connection.dropDatabase()
    await Promise.all([connection, another].map(closeMongo))
  })

  const all = <T extends object>(collection: string) => connection.db!.collection<T>(collection).find().toArray()
  const logged = async () => ((await all(VIEW_LOG)) as unknown as Stretch[]).flatMap(viewsIn)

  /** Each referrer names one view. */
  const namesLogged = async () => (await logged()).map(({ logged: { referrer } }) => referrer).sort()

  /** By page and day, or by partition and day of the site, of the documents that keep them. */
  async function daysKept(collection = TALLIES): Promise<Record<string, number>> {
    const isOfPage = collection === TALLIES
    const ended = ((await all(DAYS)) as unknown as Counts[]).filter(({ _id }) => _id.startsWith('/') === isOfPage)
    const open = (await all(collection)) as unknown as Counts[]
    return sums([
      ...ended.map(({ _id, views }) => [_id.split(' ').slice(0, 2).join(' '), views] as const),
      ...open.map(({ _id, day, views }) => [`${_id} ${day}`, views] as const),
    ])
  }

  const daysLogged = async () =>
    sums((await logged()).map(({ page, logged: { at } }) => [`${page} ${at.slice(0, TODAY.length)}`, 1] as const))

  async function totalsKept(): Promise<Record<string, number>> {
    const kept = (await all(TALLIES)) as unknown as Counts[]
    return sums(kept.map(({ _id, total }) => [_id, total] as const))
  }

  const totalsOfDays = async () =>
    sums(Object.entries(await daysKept()).map(([id, views]) => [id.split(' ')[0]!, views] as const))

  it('counts a view once, whoever counts it again, and browsers by what a sketch takes of them', async () => {
    const [one, other] = [new Counting(connection), new Counting(another)]
    await one.count([view(0), view(1, { place: 7 }), view(2, { place: 71 })])
    const again = await other.count([view(1, { place: 7 }), view(2, { place: 71 }), view(3, { place: 7 })])
    expect(again).toEqual([{ page: ONE, total: 4, unique: 2 }])
    await expect(one.count([view(3, { place: 7 }), view(4, { place: 135 })])).rejects.toThrow('somebody else')
    const told = await one.count([view(3, { place: 7 }), view(4, { place: 135 })])
    expect(told).toEqual([{ page: ONE, total: 5, unique: 3 }])
    // of those that it had counted before as well: nothing else tells of them again
    expect(await one.count([view(4)])).toEqual(told)
    expect(await namesLogged()).toEqual(names(5))
  })

  it('keeps days that add up to totals, also of views that come late', async () => {
    const one = new Counting(connection)
    const days = [SUNDAY, SUNDAY, YESTERDAY, SUNDAY, YESTERDAY, TODAY]
    await one.count(days.slice(0, 3).map((day, n) => view(n, { at: `${day}T12:00:00Z` })))
    await one.count(days.slice(3).map((day, n) => view(n + 3, { at: `${day}T12:00:00Z` })))
    await one.count([view(6, { at: `${TODAY}T13:00:00Z` }, OTHER)])
    expect(await daysKept()).toEqual({
      [`${ONE} ${SUNDAY}`]: 3,
      [`${ONE} ${YESTERDAY}`]: 2,
      [`${ONE} ${TODAY}`]: 1,
      [`${OTHER} ${TODAY}`]: 1,
    })
    expect(await totalsKept()).toEqual({ [ONE]: 6, [OTHER]: 1 })
    expect(await daysKept(PLACES)).toEqual({
      [`3 ${SUNDAY}`]: 3,
      [`3 ${YESTERDAY}`]: 2,
      [`3 ${TODAY}`]: 1,
      [`4 ${TODAY}`]: 1,
    })
  })

  it('logs what is no person, and counts it nowhere else', async () => {
    const one = new Counting(connection)
    expect(await one.count([view(0, { kind: 'crawler' })])).toEqual([])
    expect(await one.count([view(1), view(2, { kind: 'crawler' })])).toEqual([{ page: ONE, total: 1, unique: 0 }])
    expect(await namesLogged()).toEqual(names(3))
  })

  it('finds the views of a page and a day in the log, and forgets them after thirty days', async () => {
    await new Counting(connection).count([view(0), view(1, {}, OTHER)])
    await new Counting(connection).count([view(2, {}, OTHER)])
    const log = connection.db!.collection<Stretch>(VIEW_LOG)
    const found = await log.find({ pages: ONE }).toArray()
    const views = found.flatMap(viewsIn).filter(({ page, logged: { at } }) => page === ONE && at.startsWith(TODAY))
    expect(views).toHaveLength(1)
    const { executionStats } = (await log.find({ pages: ONE }).explain('executionStats')) as unknown as Explained
    expect(executionStats.totalDocsExamined).toBe(1)
    expect(await log.indexes()).toContainEqual(expect.objectContaining({ expireAfterSeconds: 30 * 24 * 3_600 }))
  })

  it('goes on with an hour where another has left it', async () => {
    const at = new Date().toISOString()
    const one = new Counting(connection)
    await one.count([view(0, { at }), view(1, { at }, OTHER)])
    await one.saveHours()
    await one.count([view(2, { at })])
    const other = new Counting(another)
    await other.count([view(3, { at })])
    await expect(one.saveHours()).rejects.toThrow('somebody else')
    await other.saveHours()
    const hours = (await all(HOURS)) as unknown as { _id: string; values: string[]; views: number[] }[]
    const counts = (dimension: string) => {
      const cells = hours.filter(({ _id }) => _id.endsWith(` ${dimension}`))
      return sums(cells.flatMap(({ values, views }) => values.map((value, n) => [value, views[n]!] as const)))
    }
    expect(counts('site')).toEqual({ none: 4 })
    expect(counts('page')).toEqual({ [ONE]: 3, [OTHER]: 1 })
  })

  it('counts anew what another died of before it was committed', async () => {
    const views = [view(0), view(1, {}, OTHER), view(2)]
    await new Counting(connection).count([view(0)])
    const left = await dieWhileCounting(views)
    const { appName } = another.getClient().options
    const isEnded = async () => (await endAbandoned(another), !(await isWithinTransaction(appName!)))
    try {
      expect(await isWithinTransaction(appName!)).toBe(true)
      await eventually('the transaction to be ended', isEnded, ENDED_MS)
    } finally {
      await left.endSession()
    }
    expect(await new Counting(connection).count(views)).toMatchObject([{ total: 2 }, { total: 1 }])
    expect(await namesLogged()).toEqual(names(3))
    expect(await totalsOfDays()).toEqual(await totalsKept())
  })

  it('counts each view once though its process is killed within a transaction', async () => {
    const brokers = stack.kafkaBrokers
    await createTopics({ brokers: brokers.split(','), prefix })
    const [topic, totals] = [gateway.pageViewRecorded, analytics.viewTotalUpdated].map((of) => prefix + of.topic.name)
    const settings = { uri: uriOf(tests), brokers, topic, totals, key: 'key' }
    const producer = bus(brokers).producer()
    await producer.connect()
    const record = (from: number, to: number) =>
      producer.send({ topic: topic!, acks: -1, messages: range(from, to).map(recordOf) })
    const first = await BareServer.start('floor/counter', settings)
    const held = await another.startSession()
    let second: BareServer | undefined
    try {
      await record(0, 300)
      await eventually('the first views', async () => (await logged()).length === 300)
      const tally = await connection.db!.collection<Counts>(TALLIES).findOne({ _id: pageOf(7) })
      held.startTransaction()
      // the last thing that the counter writes for the views of another day
      await another.db!.collection<{ _id: string }>(DAYS).insertOne({ _id: partOf(tally!) }, { session: held })
      await record(300, 600)
      await eventually('the counter to be within a transaction', () => isWithinTransaction(topic!), WAIT_MS, 5)
      process.kill(first.pid, 'SIGKILL')
      await held.abortTransaction()
      expect(await namesLogged()).toEqual(names(300))
      second = await BareServer.start('floor/counter', settings)
      await eventually('all views', async () => (await logged()).length >= 600, WAIT_MS)
      expect(await namesLogged()).toEqual(names(600))
      expect(await daysKept()).toEqual(await daysLogged())
      expect(await totalsOfDays()).toEqual(await totalsKept())
    } finally {
      await held.endSession()
      await producer.disconnect()
      first.stop()
      second?.stop()
    }
  })

  async function isWithinTransaction(appName: string): Promise<boolean> {
    const ops = [{ $currentOp: { idleSessions: true } }, { $match: { appName, transaction: { $exists: true } } }]
    return (await connection.getClient().db('admin').aggregate(ops).toArray()).length > 0
  }

  /** Leaves its transaction open, as one does that is killed. */
  async function dieWhileCounting(views: View[]): Promise<Session> {
    const { promise: isCounting, resolve } = Promise.withResolvers<Session>()
    const transaction = async (work: (session: Session) => Promise<unknown>) => {
      const session = await another.startSession()
      session.startTransaction()
      await work(session)
      resolve(session)
      await new Promise(() => {})
    }
    const dying = Object.create(another, { transaction: { value: transaction } }) as Connection
    void new Counting(dying).count(views)
    return isCounting
  }
})

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n)
const nameOf = (n: number): string => `n${n}.example`
const names = (views: number): string[] => range(0, views).map(nameOf).sort()
/** All of the other day are of one page: each fetch has some of it. */
const pageOf = (n: number): string => `/photos/${n < 300 ? n % 20 : 7}`

const view = (n: number, logged: Partial<View['logged']> = {}, page = ONE): View => ({
  page,
  partition: page === ONE ? 3 : 4,
  offset: n,
  logged: { at: `${TODAY}T12:00:00Z`, kind: 'person', referrer: nameOf(n), ...logged },
})

const partOf = ({ _id, day, since }: Counts): string => `${_id} ${day} ${since}`

function recordOf(n: number) {
  const [page, referrerHost, occurredAt] = [pageOf(n), nameOf(n), `${n < 300 ? SUNDAY : YESTERDAY}T12:00:00Z`]
  return { key: page, value: JSON.stringify({ ...gateway.pageViewRecorded.example, page, referrerHost, occurredAt }) }
}

function sums(parts: readonly (readonly [string, number])[]): Record<string, number> {
  const all: Record<string, number> = {}
  for (const [id, views] of parts) all[id] = (all[id] ?? 0) + views
  return all
}
