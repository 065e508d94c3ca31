import { randomUUID } from 'node:crypto'
import { Schema } from 'mongoose'
import {
  type Connection,
  connectMongo,
  duplicateKeyIndex,
  isDuplicateKey,
  MongoUnavailableError,
  paginate,
  pingMongo,
} from '../src/index.js'

const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/mongo-${randomUUID().slice(0, 8)}`

describe('MongoDB', () => {
  let connection: Connection
  beforeAll(async () => (connection = await connectMongo(uri.href)))
  afterAll(async () => {
    await connection.dropDatabase()
    await connection.close()
  })

  it('says where it is missing, and never with which password', async () => {
    const missing = connectMongo('mongodb://jane:s3cret@127.0.0.1:1/x', { selectionTimeoutMs: 200 })
    const error = await missing.catch((e: unknown) => e as Error)
    expect(error).toBeInstanceOf(MongoUnavailableError)
    expect((error as Error).message).toContain('127.0.0.1:1')
    expect((error as Error).message).not.toMatch(/s3cret|jane/)
  })

  it('answers, and waits for the majority', async () => {
    await pingMongo(connection)
    expect(connection.getClient().options.writeConcern?.w).toBe('majority')
    expect(connection.getClient().options.maxPoolSize).toBe(16)
  })

  it('names the index of a duplicate', async () => {
    const things = connection.db!.collection<{ _id: string }>('things')
    await things.createIndex({ name: 1 }, { unique: true, name: 'by-name' })
    await things.insertOne({ _id: 'a', name: 'x' } as never)
    const error = await things.insertOne({ _id: 'b', name: 'x' } as never).catch((e: unknown) => e)
    expect(duplicateKeyIndex(error)).toBe('by-name')
    expect([isDuplicateKey(error, 'by-name'), isDuplicateKey(error, '_id_'), isDuplicateKey(new Error())]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('pages through a list without a gap or a repetition, whatever is added before it', async () => {
    const model = connection.model('row', new Schema({ _id: String, at: Date }, { versionKey: false }))
    await model.insertMany([...Array(25).keys()].map((i) => ({ _id: `r${i}`, at: new Date(i % 5) })))
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await paginate<{ _id: string }>(model as never, {
        list: ['rows'],
        filter: {},
        sort: { at: -1, _id: 1 },
        page: { limit: 7, cursor },
      })
      seen.push(...page.items.map(({ _id }) => _id))
      await model.create({ _id: `new-${seen.length}`, at: new Date(100) })
      if (!page.nextCursor) break
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(25)
    expect(new Set(seen).size).toBe(25)
  })
})
