import { randomUUID } from 'node:crypto'
import { type IndexDefinition, type IndexOptions, Schema } from 'mongoose'
import { type Connection, connectMongo, makeIndexes } from '../src/index.js'

const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/mongo-${randomUUID().slice(0, 8)}`
const [DAY_SECONDS, REPLICAS] = [86_400, 8]
const NINE_DAYS = { expireAfterSeconds: 9 * DAY_SECONDS }

describe('indexes of a database that an earlier release made', () => {
  let replicas: Connection[]
  const documents = () => replicas[0]!.db!.collection<{ _id: string }>('notes')
  beforeAll(async () => {
    replicas = await Promise.all(Array.from({ length: REPLICAS }, () => connectMongo(uri.href)))
  })
  beforeEach(async () => {
    await documents().insertOne({ _id: randomUUID() })
    await documents().createIndex({ at: 1 }, NINE_DAYS)
  })
  afterEach(() => documents().drop())
  afterAll(async () => {
    await replicas[0]!.dropDatabase()
    for (const connection of replicas) await connection.close()
  })

  const modelOf = (connection: Connection, ...indexes: [IndexDefinition, IndexOptions?][]) => {
    const schema = new Schema({ _id: String, at: Date, name: String }, { autoCreate: false })
    for (const [keys, options] of indexes) schema.index(keys, options)
    return connection.model(randomUUID(), schema, 'notes')
  }
  const stored = async () =>
    (await documents().indexes()).map(({ key, expireAfterSeconds: age }) => [Object.keys(key).join(), age])

  it('get the age that this release gives them, from replicas that start at once, and stay when it is made again', async () => {
    for (const days of [40, 40, 3]) {
      const age = { expireAfterSeconds: days * DAY_SECONDS }
      await Promise.all(replicas.map((each) => makeIndexes(modelOf(each, [{ at: 1 }, age], [{ name: 1 }]))))
      expect(await stored()).toEqual([
        ['_id', undefined],
        ['at', days * DAY_SECONDS],
        ['name', undefined],
      ])
    }
    expect(await documents().countDocuments()).toBe(1)
  })

  it('are dropped by replicas that start at once where this release has others instead, and only then', async () => {
    await documents().createIndexes([
      { key: { name: 1 }, name: 'former' },
      { key: { name: -1 }, name: 'of-somebody-else' },
    ])
    const model = (each: Connection) => modelOf(each, [{ name: 1, at: 1 }, { name: 'newer' }])
    const names = async () => (await documents().indexes()).map(({ name }) => name)
    for (let round = 0; round < 2; round++) {
      await Promise.all(replicas.map((each) => makeIndexes(model(each), ['former', 'never-made'])))
      expect(await names()).toEqual(['_id_', 'at_1', 'of-somebody-else', 'newer'])
    }
    const renamed = (each: Connection) =>
      modelOf(each, [{ at: 1 }, NINE_DAYS], [{ name: 1, at: 1 }, { name: 'renamed' }])
    await Promise.all(replicas.map((each) => makeIndexes(renamed(each), ['newer'])))
    expect(await names()).toEqual(['_id_', 'at_1', 'of-somebody-else', 'renamed'])
    const conflicting = modelOf(replicas[0]!, [{ name: 1 }, { name: 'renamed' }])
    await expect(makeIndexes(conflicting, ['of-somebody-else'])).rejects.toThrow()
    expect(await names()).toContain('of-somebody-else')
  })

  it('are dropped once what an age held up is made, and stay where it cannot be', async () => {
    await documents().createIndexes([
      { key: { name: 1 }, name: 'former' },
      { key: { name: -1 }, name: 'other' },
    ])
    const older: [IndexDefinition, IndexOptions] = [{ at: 1 }, { expireAfterSeconds: 40 * DAY_SECONDS }]
    const names = async () => (await documents().indexes()).map(({ name }) => name)
    const conflicting = modelOf(replicas[0]!, older, [{ name: -1 }, { name: 'another' }])
    await expect(makeIndexes(conflicting, ['former'])).rejects.toMatchObject({ codeName: 'IndexOptionsConflict' })
    expect(await names()).toEqual(['_id_', 'at_1', 'former', 'other'])
    await makeIndexes(modelOf(replicas[0]!, older, [{ name: 1, at: 1 }, { name: 'newer' }]), ['former'])
    expect(await names()).toEqual(['_id_', 'at_1', 'other', 'newer'])
  })

  it.each<{ other: string; keys: IndexDefinition; options: IndexOptions }>([
    { other: 'documents', keys: { at: 1 }, options: { partialFilterExpression: { name: 'x' } } },
    { other: 'uniqueness', keys: { at: 1 }, options: { unique: true } },
  ])('stay as they are where $other differ, and the start says so', async ({ keys, options }) => {
    const model = modelOf(replicas[0]!, [keys, { ...options, expireAfterSeconds: 40 * DAY_SECONDS }])
    await expect(makeIndexes(model)).rejects.toMatchObject({
      code: expect.any(Number),
      codeName: expect.stringMatching(/^Index.*Conflict$/),
    })
    expect(await stored()).toEqual([
      ['_id', undefined],
      ['at', 9 * DAY_SECONDS],
    ])
  })
})
