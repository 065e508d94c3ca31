import { randomUUID } from 'node:crypto'
import { aggregateFew, type Connection, connectMongo, readFew, readOne } from '../src/index.js'

const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/mongo-${randomUUID().slice(0, 8)}`
uri.searchParams.set('monitorCommands', 'true')

const at = new Date('2027-03-01T12:00:00Z')
const notes = Array.from({ length: 150 }, (_, n) => ({ _id: `n${n}`, n, at, registers: Buffer.from([n]) }))

describe('a few documents', () => {
  let connection: Connection
  beforeAll(async () => {
    connection = await connectMongo(uri.href)
    await connection.db!.collection<{ _id: string }>('notes').insertMany(notes)
  })
  afterAll(async () => {
    await connection.dropDatabase()
    await connection.close()
  })

  it('are what a cursor of the driver would bring, as one command that leaves nothing open', async () => {
    const commands: string[] = []
    connection.getClient().on('commandStarted', ({ commandName }) => commands.push(commandName))
    const [db, collection] = [connection.db!, 'notes']
    const filter = { n: { $gte: 10 } }
    const found = await readFew(db, { collection, filter, projection: { n: 1, at: 1 }, limit: 120 })
    expect(commands).toEqual(['find'])
    expect(found).toHaveLength(120)
    expect(found[0]).toEqual({ _id: 'n10', n: 10, at })
    const byDriver = await db.collection<{ _id: string }>(collection).findOne({ _id: 'n7' })
    await expect(readOne(db, { collection, filter: { _id: 'n7' } })).resolves.toEqual(byDriver)
    await expect(readOne(db, { collection, filter: { _id: 'other' } })).resolves.toBeNull()
    await expect(aggregateFew(db, collection, [{ $match: { n: 7 } }])).resolves.toEqual([byDriver])
  })
})
