import { randomUUID } from 'node:crypto'
import { type Model, Schema } from 'mongoose'
import { about, type Connection, connectMongo, ownedDocuments, PersonalData } from '../src/index.js'

const uri = new URL(process.env['MONGODB_URI']!)
uri.pathname = `/mongo-${randomUUID().slice(0, 8)}`

interface Pledge {
  _id: string
  from: string
  to: string
  _outbox?: object[]
}

describe('Personal data', () => {
  let connection: Connection
  let pledges: Model<Pledge>
  beforeAll(async () => {
    connection = await connectMongo(uri.href)
    const schema = new Schema<Pledge>({ _id: String, from: String, to: String, _outbox: [Object] })
    pledges = connection.model<Pledge>('pledges', schema, 'pledges')
  })
  afterAll(async () => {
    await connection.dropDatabase()
    await connection.close()
  })

  const entry = () =>
    ownedDocuments(pledges, {
      subject: 'both accounts of a pledge',
      purpose: 'community',
      retention: 'until one of them is erased',
      fields: {
        _id: about.identifier('community'),
        from: about.identifier('community'),
        to: about.identifier('community'),
      },
      owners: ['from', 'to'],
      exported: ({ _id, from }, accountId) => (from === accountId ? { id: _id, outgoing: true } : null),
    })

  const exportOf = async (accountId: string) => {
    const records = []
    for await (const record of entry().export(accountId)) records.push(record)
    return records
  }

  it('exports what is the person’s, and erases all that names them, once', async () => {
    await pledges.create([
      { _id: '1', from: 'anna', to: 'ben' },
      { _id: '2', from: 'ben', to: 'anna' },
      { _id: '3', from: 'ben', to: 'carl' },
    ])
    expect(await exportOf('anna')).toEqual([{ id: '1', outgoing: true }])
    expect(await entry().erase('anna')).toEqual({ erased: 2, waiting: 0 })
    expect(await entry().erase('anna')).toEqual({ erased: 0, waiting: 0 })
    expect(await exportOf('anna')).toEqual([])
    expect((await exportOf('ben')).length).toBe(1)
  })

  it('leaves what has an event to publish until it is published', async () => {
    await pledges.create({ _id: '4', from: 'dora', to: 'emil', _outbox: [{ id: 'event' }] })
    expect(await entry().erase('dora')).toEqual({ erased: 0, waiting: 1 })
    await pledges.updateOne({ _id: '4' }, { $set: { _outbox: [] } })
    expect(await entry().erase('dora')).toEqual({ erased: 1, waiting: 0 })
  })

  it('is stated once for each place', () => {
    const register = new PersonalData()
    register.register(entry())
    register.register({ store: { collection: 'leases' }, impersonal: 'names replicas only', fields: {} })
    expect(() => register.register(entry())).toThrow('pledges')
    expect(register.held()).toHaveLength(1)
    expect(register.entries()).toHaveLength(2)
  })
})
