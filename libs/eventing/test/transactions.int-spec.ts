import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { ConcurrentChangeError, type Connection, connectMongo, type Session } from '@mpics/mongo'
import { eventually } from '@mpics/testing'
import { Logger } from '@nestjs/common'
import mongoose from 'mongoose'
import { Registry } from 'prom-client'
import { AbandonedTransactions, EventingMetrics, EventingOptions, Transactions } from '../src/index.js'
import { OutboxSource } from '../src/outbox/outbox-source.js'
import { type OutboxEntry, stamp } from '../src/outbox/stamp.js'
import { orderServed } from './setup/sample-catalogue.js'

const { MongoServerError } = mongoose.mongo
const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/eventing-${randomUUID().slice(0, 8)}`
const DYING = join(__dirname, 'setup/dies-in-transaction.mjs')
/** MongoDB itself ends an abandoned transaction after a minute. */
const PATIENCE_MS = 15_000

/** What the driver notes of a commit that it has tried. */
interface Tried {
  transaction: { transition: (state: string) => void }
}

describe('a transaction of writes that could be made one by one', () => {
  const appName = randomUUID()
  const connections: Connection[] = []
  const open = async (name: string) => {
    const connection = await connectMongo(uri.href, { appName: name })
    connections.push(connection)
    return connection
  }
  const notesOf = (connection: Connection) => connection.db!.collection<{ _id: string; by: string }>('notes')
  const registry = new Registry()
  const metrics = new EventingMetrics(new EventingOptions({ service: 'media', brokers: [], registry }))
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation()
  let own: Connection
  let transactions: Transactions
  let abandoned: AbandonedTransactions
  beforeAll(async () => {
    own = await open(appName)
    abandoned = new AbandonedTransactions(own)
  })
  beforeEach(async () => {
    transactions = new Transactions(own, metrics)
    await notesOf(own).deleteMany({})
    await notesOf(own).insertMany(['a', 'b', 'c'].map((_id) => ({ _id, by: 'nobody' })))
  })
  afterAll(async () => {
    warn.mockRestore()
    await own.dropDatabase()
    for (const connection of connections) await connection.close()
  })

  const writeOf = (by: string, options: object, connection = own) =>
    notesOf(connection).updateOne({ _id: 'a' }, { $set: { by } }, options)
  const write = (by: string, fails?: Error) =>
    transactions.make(async (session) => {
      await writeOf(by, { session })
      if (fails) throw fails
    })
  const alone = (by: string, connection = own) => writeOf(by, { maxTimeMS: PATIENCE_MS }, connection)
  /** As each replica does, which looks every two seconds. */
  const whileEnding = async (writing: Promise<unknown>) => {
    let isDone = false
    const done = writing.finally(() => (isDone = true))
    await eventually(async () => (await abandoned.end(), isDone))
    await done
  }
  const authorOf = async (_id: string) => (await notesOf(own).findOne({ _id }))?.by
  const ended = async () => {
    const { values } = await registry.getSingleMetric('mongo_transactions_total')!.get()
    return Object.fromEntries(values.map(({ labels, value }) => [labels['outcome'], value])) as Record<string, number>
  }
  /** Whether the next commit reaches MongoDB; nobody hears of it. */
  const commitUnheard = async (arrives: boolean, error: Error) => {
    const session = await own.startSession()
    const sessions = Object.getPrototypeOf(session) as typeof session
    const commit = Reflect.get(sessions, 'commitTransaction')
    await session.endSession()
    jest.spyOn(sessions, 'commitTransaction').mockImplementationOnce(async function (this: typeof session) {
      if (arrives) await commit.call(this)
      else (this as unknown as Tried).transaction.transition('TRANSACTION_COMMITTED')
      throw error
    })
  }

  it('makes all of them or none, and is counted by its end', async () => {
    expect(await write('half', new ConcurrentChangeError('notes', 'a', 1))).toBe(false)
    expect([await authorOf('a'), warn.mock.calls]).toEqual(['nobody', []])
    expect(await write('half', new Error('the other half cannot be made'))).toBe(false)
    expect([await authorOf('a'), warn.mock.calls]).toEqual(['nobody', [[expect.stringContaining('the other half')]]])
    expect([await write('all'), await authorOf('a')]).toEqual([true, 'all'])
    expect(await ended()).toEqual({ committed: 1, conflicted: 1, failed: 1 })
  })

  it.each([true, false])('holds nothing once nobody knows of its commit, be it made: %s', async (arrives) => {
    await commitUnheard(arrives, new Error('no answer'))
    expect([await write('unheard'), await authorOf('a')]).toEqual([false, arrives ? 'unheard' : 'nobody'])
    // in no session of this process, which would end what the same session had begun before
    await alone('the next', await open(appName))
    expect(await authorOf('a')).toBe('the next')
  })

  it('is an outage of MongoDB where that is away, which nobody waits for twice', async () => {
    const away = Object.assign(new Error('gone'), { name: 'MongoNetworkError' })
    await expect(write('half', away)).rejects.toBe(away)
    // it may have been too long for MongoDB's time, and would be for ever
    expect([await write('again'), await authorOf('a')]).toEqual([false, 'nobody'])
    await alone('the next')
    expect(await authorOf('a')).toBe('the next')
    jest.spyOn(performance, 'now').mockReturnValueOnce(performance.now() + 60_000)
    expect([await write('all'), await authorOf('a')]).toEqual([true, 'all'])
  })

  it.each([
    ['transaction.beforeCommit', 'nobody'],
    ['transaction.afterCommit', 'the dead'],
  ])('holds up no write where its process dies at %s', async (point, left) => {
    const child = spawn(process.execPath, [DYING, uri.href, appName, 'a'], { env: { FAULT: `${point}:kill` } })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    expect(await authorOf('a')).toBe(left)
    await whileEnding(alone('the next'))
    expect(await authorOf('a')).toBe('the next')
  })

  it('is no fault where MongoDB refuses it as too large for its cache: the same is made one by one', async () => {
    const refusal = new MongoServerError({ code: 388, codeName: 'TransactionTooLargeForCache', message: 'too large' })
    let most = 1
    const writes = async (session?: Session) => {
      const options = { ...(session && { session }) }
      for (const [n, _id] of ['a', 'b', 'c'].entries()) {
        if (session && n >= most) throw refusal
        await notesOf(own).updateOne({ _id }, { $set: { by: 'many' } }, options)
      }
    }
    const authors = () => Promise.all(['a', 'b', 'c'].map(authorOf))
    expect([await transactions.make(writes), await authors()]).toEqual([false, ['nobody', 'nobody', 'nobody']])
    await writes()
    expect(await authors()).toEqual(['many', 'many', 'many'])
    // no outage, for which the next would not be tried
    most = 3
    expect(await transactions.make(writes)).toBe(true)
    expect([Transactions.suit(4_000), Transactions.suit(4_001)]).toEqual([true, false])
  })

  it('is no fault where MongoDB ends it, as it does after a minute', async () => {
    const ends = async (session: Session) => {
      await writeOf('the late', { session })
      await own.db!.admin().command({ killSessions: [session.id] })
      await writeOf('the late', { session })
    }
    expect([await transactions.make(ends), await authorOf('a')]).toEqual([false, 'nobody'])
    await alone('the next')
    expect(await authorOf('a')).toBe('the next')
  })

  it.each([true, false])(
    'forgets what was published of many documents, and nothing that came meanwhile; it is made: %s',
    async (isMade) => {
      const published = own.db!.collection<{ _id: string; _outbox: OutboxEntry[] }>(`published-${isMade}`)
      const ids = Array.from({ length: 20 }, (_, n) => `${n}`)
      const outboxes = ids.map((id) => ({ _id: id, _outbox: stamp([orderServed.of({ orderId: id })], 0) }))
      await published.insertMany(outboxes)
      const later = stamp([orderServed.of({ orderId: '7' })], 1)
      await published.updateOne({ _id: '7' }, { $push: { _outbox: { $each: later } } })
      if (!isMade) jest.spyOn(transactions, 'make').mockResolvedValueOnce(false)
      const { committed: before = 0 } = await ended()
      const { collectionName: name } = published
      const source = new OutboxSource(own, [name], new Map([[name, transactions]]))
      await source.remove(name, { ids, eventIds: outboxes.map(({ _outbox }) => _outbox[0]!.id) })
      expect(await published.distinct('_outbox.id')).toEqual([later[0]!.id])
      expect((await ended())['committed'] ?? 0).toBe(isMade ? before + 1 : before)
    },
  )

  it('is left alone by other services', async () => {
    const other = await open(randomUUID())
    const session = await other.startSession()
    session.startTransaction()
    await notesOf(other).updateOne({ _id: 'c' }, { $set: { by: 'another' } }, { session })
    // of this service, and so younger: when it is ended, the other one was looked at
    const own = await open(appName)
    const dead = await own.startSession()
    dead.startTransaction()
    await notesOf(own).updateOne({ _id: 'a' }, { $set: { by: 'the dead' } }, { session: dead })
    await whileEnding(alone('the next'))
    await session.commitTransaction()
    await expect(dead.commitTransaction()).rejects.toThrow('aborted')
    expect([await authorOf('a'), await authorOf('c')]).toEqual(['the next', 'another'])
    for (const one of [session, dead]) await one.endSession()
  })
})
