import { randomUUID } from 'node:crypto'
import { type Connection, connectMongo, Transactions } from '../src/index.js'

const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/mongo-${randomUUID().slice(0, 8)}`

describe('a transaction of writes that could be made one by one', () => {
  const appName = randomUUID()
  const connections: Connection[] = []
  const open = async (name: string) => {
    const connection = await connectMongo(uri.href, { appName: name })
    connections.push(connection)
    return connection
  }
  const notesOf = (connection: Connection) => connection.db!.collection<{ _id: string; by: string }>('notes')
  let own: Connection
  let transactions: Transactions
  beforeAll(async () => {
    own = await open(appName)
    transactions = new Transactions(own)
    await notesOf(own).insertMany(['a', 'b', 'c'].map((_id) => ({ _id, by: 'nobody' })))
  })
  afterAll(async () => {
    await own.dropDatabase()
    for (const connection of connections) await connection.close()
  })

  const write = (_id: string, by: string) =>
    transactions.make(async (session) => void (await notesOf(own).updateOne({ _id }, { $set: { by } }, { session })))
  const authors = async () => (await notesOf(own).find().sort({ _id: 1 }).toArray()).map(({ by }) => by)

  /** What a process leaves that dies before its commit. */
  const leave = async (name: string, _id: string) => {
    const connection = await open(name)
    const session = await connection.startSession()
    session.startTransaction()
    await notesOf(connection).updateOne({ _id }, { $set: { by: 'the dead' } }, { session })
    return session
  }

  it('makes all of them or none', async () => {
    const isMade = await transactions.make(async (session) => {
      await notesOf(own).updateOne({ _id: 'a' }, { $set: { by: 'half' } }, { session })
      throw new Error('the other half cannot be made')
    })
    expect([isMade, ...(await authors())]).toEqual([false, 'nobody', 'nobody', 'nobody'])
    expect([await write('a', 'one'), ...(await authors())]).toEqual([true, 'one', 'nobody', 'nobody'])
  })

  it('is not held up by one of a process of this service that died, and leaves those of others alone', async () => {
    const [dead, other] = [await leave(appName, 'b'), await leave(randomUUID(), 'c')]
    expect([await write('b', 'too soon'), await write('b', 'the next')]).toEqual([false, true])
    expect(await write('c', 'the next')).toBe(false)
    await expect(dead.commitTransaction()).rejects.toThrow('aborted')
    await other.commitTransaction()
    expect(await authors()).toEqual(['one', 'the next', 'the dead'])
    for (const session of [dead, other]) await session.endSession()
  })
})
