import { Connection, type HeldData, nameOfStore, PersonalData } from '@mpics/mongo'
import { EventConsumer, On, ProcessedEvents, Projections } from '../src/index.js'
import { stamp } from '../src/outbox/stamp.js'
import { RefusedEvents } from '../src/outbox/refused-events.js'
import { EventingHarness, eventually, type Replica } from './setup/eventing-harness.js'
import { orderPlaced } from './setup/sample-catalogue.js'
import { TicketProjection } from './setup/sample-projections.js'

@EventConsumer()
class Ring {
  @On(orderPlaced, { idempotence: 'once' })
  async handle(): Promise<void> {}
}

describe('the personal data of eventing', () => {
  let harness: EventingHarness
  let replica: Replica

  beforeAll(async () => {
    harness = await EventingHarness.open()
    replica = await harness.replica([Ring], [TicketProjection])
  })
  afterAll(() => harness.close())

  const register = () => replica.app.get(PersonalData)

  it('is stated for each collection that eventing makes', async () => {
    await replica.app.get(ProcessedEvents).once('Ring', 'e', () => Promise.resolve())
    await replica.app.get(Projections).rebuild('board', { by: 'an operator', allowEmpty: true })
    await eventually(async () => (await replica.app.get(Projections).status('board')).rebuild?.state === 'done')
    const existing = await replica.app.get(Connection).db!.listCollections().toArray()
    const own = existing.map(({ name }) => name).filter((name) => name.startsWith('_'))
    const stated = register()
      .entries()
      .map(({ store }) => nameOfStore(store))
    expect(own.sort()).toEqual(['_erased', '_inbox', '_leases', '_rebuilds'])
    expect(stated).toEqual(expect.arrayContaining(own))
    expect(register().entryFor('_snapshot.board.7')).toBeDefined()
  })

  it('are events that Kafka refused: told to whom they name, and erased with them', async () => {
    const refused = new RefusedEvents(replica.app.get(Connection))
    const event = (subject: string, orderId: string) =>
      stamp([{ ...orderPlaced.of({ orderId, n: 1 }), subject }], 0)[0]!
    await refused.add(event('anna', 'x'), 'too large')
    await refused.add(event('y', 'anna'), 'too large')
    await refused.add({ ...event('ben', 'z'), data: null }, 'too large')
    const held = register().entryFor('_refused_events') as HeldData
    const exported = []
    for await (const record of held.export('anna')) exported.push(record)
    expect(exported).toEqual(Array(2).fill({ type: orderPlaced.type, time: expect.any(String) }))
    expect(await held.erase('anna')).toEqual({ erased: 2, waiting: 0 })
    expect(await held.erase('anna')).toEqual({ erased: 0, waiting: 0 })
    expect(await held.erase('ben')).toEqual({ erased: 1, waiting: 0 })
  })

  it('are the last words of a compacted topic that a rebuild left behind', async () => {
    const { db } = replica.app.get(Connection)
    const words = db!.collection<{ _id: string; envelope: object | null }>('_snapshot.board.7')
    const envelope = { type: orderPlaced.type, time: 'now', data: { orderId: 'anna' } }
    await words.insertMany([
      { _id: '/profiles/anna', envelope: null },
      { _id: 'x', envelope },
      { _id: 'y', envelope: { ...envelope, data: null } },
    ])
    const held = register().entryFor('_snapshot.board.7') as HeldData
    const exported = []
    for await (const record of held.export('anna')) exported.push(record)
    expect(exported).toEqual([{ type: orderPlaced.type, time: 'now' }])
    expect(await held.erase('anna')).toEqual({ erased: 2, waiting: 0 })
    expect(await held.erase('anna')).toEqual({ erased: 0, waiting: 0 })
    expect(await words.countDocuments()).toBe(1)
  })
})
