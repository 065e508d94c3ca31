import { randomUUID } from 'node:crypto'
import { HOUR_MS } from '@mpics/contracts/durations'
import { agesOf, type Connection, connectMongo, days, type Keeping, hours, keptForEver } from '../src/index.js'

const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/mongo-${randomUUID().slice(0, 8)}`

const now = new Date('2027-03-01T12:00:00Z')
const ago = (n: number) => new Date(now.getTime() - n * HOUR_MS)
const entry = (keeping: Keeping) => ({ store: { collection: 'notes' }, impersonal: 'a test', fields: {}, ...keeping })

describe('the age of the oldest record', () => {
  let connection: Connection
  beforeAll(async () => {
    connection = await connectMongo(uri.href)
    await connection
      .db!.collection('notes')
      .insertMany([
        { writtenAt: ago(30), goneAt: ago(6) },
        { writtenAt: ago(25), goneAt: ago(1) },
        { writtenAt: ago(1), goneAt: ago(-23) },
        { writtenAt: null, goneAt: 'never' },
        {},
      ])
  })
  afterAll(async () => {
    await connection.dropDatabase()
    await connection.close()
  })

  const ages = (keeping: Keeping, at = now) => agesOf(connection, entry(keeping), at)

  it('counts from the date of its beginning, or back from that of its end', async () => {
    const found = { oldestMs: 30 * HOUR_MS, overAge: 2 }
    expect(await ages(days(1).after('it was written').beginsAt('writtenAt'))).toEqual(found)
    expect(await ages(days(1).after('it was written').endsAt('goneAt'))).toEqual(found)
    expect(await ages(hours(31).after('it was written').beginsAt('writtenAt'))).toEqual({ ...found, overAge: 0 })
    expect(await ages(days(1).after('it was written').beginsAt('writtenAt'), ago(40))).toEqual({
      oldestMs: 0,
      overAge: 0,
    })
  })

  it('is that of the first object, and looks at no more than those that are too old', async () => {
    let read = 0
    async function* begun() {
      for (const each of [30, 25, 1, 0]) yield (read++, ago(each))
    }
    expect(await ages(days(1).after('the upload').ofObjects(begun))).toEqual({ oldestMs: 30 * HOUR_MS, overAge: 2 })
    expect(read).toBe(3)
  })

  it('is nothing where nothing is there, or where no time ends it', async () => {
    expect(await ages(days(1).after('it').beginsAt('nowhere'))).toEqual({ oldestMs: 0, overAge: 0 })
    expect(await ages(keptForEver)).toBeNull()
  })
})
