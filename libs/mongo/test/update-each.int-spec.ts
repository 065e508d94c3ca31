import { randomUUID } from 'node:crypto'
import { type Connection, connectMongo, updateEach } from '../src/index.js'

const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/mongo-${randomUUID().slice(0, 8)}`

describe('small updates', () => {
  let connection: Connection
  beforeAll(async () => {
    connection = await connectMongo(uri.href)
    await updateEach(connection.db!, 'notes', [{ filter: { _id: 'a' }, update: { $set: { n: 3 } }, upsert: true }])
  })
  afterEach(() => jest.restoreAllMocks())
  afterAll(async () => {
    await connection.dropDatabase()
    await connection.close()
  })

  const upsertOf = (_id: string) => ({ filter: { _id, n: { $lt: 2 } }, update: { $set: { n: 2 } }, upsert: true })

  it('tell which statements are refused, and make the others', async () => {
    const refused = { index: 0, code: 11_000 }
    const ends = updateEach(connection.db!, 'notes', ['a', 'b'].map(upsertOf))
    await expect(ends).rejects.toMatchObject({ code: 11_000, writeErrors: [refused] })
    const stored = await connection.db!.collection<{ _id: string }>('notes').find().sort({ _id: 1 }).toArray()
    expect(stored).toEqual([
      { _id: 'a', n: 3 },
      { _id: 'b', n: 2 },
    ])
  })

  it.each([
    ['a', [{ index: 0, code: 11_000 }]],
    ['c', undefined],
  ])('tell that no majority has them, whether one is refused or not: %s', async (id, writeErrors) => {
    const db = connection.db!
    const command = db.command.bind(db)
    jest.spyOn(db, 'command').mockImplementation((wanted) => command({ ...wanted, writeConcern: { w: 2 } }))
    const writeConcernError = { codeName: 'UnsatisfiableWriteConcern' }
    const told = { writeConcernError, ...(writeErrors && { writeErrors }) }
    await expect(updateEach(db, 'notes', [upsertOf(id)])).rejects.toMatchObject(told)
  })
})
