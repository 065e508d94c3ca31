import { type Decision, decide, DomainError, type ErrorKind, unchanged } from '@mpics/contracts'
import { ConcurrentChangeError, Connection, DuplicateKeyError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { Producer } from 'kafkajs'
import { AggregateStore, createTopics, EventTooLargeError, Outbox, readTopic, tombstone } from '../src/index.js'
import { KafkaClient } from '../src/kafka/kafka-client.js'
import { OUTBOX_INDEX } from '../src/outbox/aggregate-schema.js'
import { OutboxSource } from '../src/outbox/outbox-source.js'
import { SavedStream } from '../src/outbox/saved-stream.js'
import { stamp } from '../src/outbox/stamp.js'
import { EventingHarness, eventually, type Replica } from './setup/eventing-harness.js'
import { orderPlaced, orders as ordersTopic, orderServed } from './setup/sample-catalogue.js'

interface Order {
  id: string
  n: number
  table?: string
  at: Date
}

class NoOrderError extends DomainError {
  readonly code = 'no-order'
  readonly kind: ErrorKind = 'not-found'
}

@Injectable()
class Orders extends AggregateStore<Order> {
  constructor(connection: Connection, outbox: Outbox) {
    super(connection, {
      collection: 'orders',
      schema: { n: Number, table: String, at: Date },
      indexes: [{ keys: { table: 1 }, name: 'table', unique: true, sparse: true }],
      outbox,
    })
  }
}

/** The orders as the next version of the service reads them: it knows how many guests sit at the table. */
interface Seated extends Order {
  guests: number
  bill: { by: string; tip: number }
}

@Injectable()
class SeatedOrders extends AggregateStore<Seated> {
  constructor(connection: Connection, outbox: Outbox) {
    super(connection, {
      collection: 'seated',
      schema: { n: Number, table: String, at: Date, guests: Number, bill: { by: String, tip: Number } },
      outbox,
      // the guests follow from another field: a save of `n` alone must not change them
      complete: (stored) => ({
        ...(stored as Order),
        guests: stored.guests ?? stored.n ?? 0,
        bill: { ...{ by: stored.id, tip: 0 }, ...stored.bill },
      }),
    })
  }
}

const place = (id: string, n: number): Decision<Order> =>
  decide({ id, n, at: new Date() }, orderPlaced.of({ orderId: id, n }))
const again = (order: Order): Decision<Order> =>
  decide(
    { ...order, n: order.n + 1 },
    orderPlaced.of({ orderId: order.id, n: order.n + 1 }),
    orderServed.of({ orderId: order.id }),
  )
const notFound = () => new NoOrderError('no such order')

describe('the outbox', () => {
  let harness: EventingHarness
  let replica: Replica
  let orders: Orders
  const open = () =>
    harness.replica([], [Orders, SeatedOrders], { service: 'identity', relay: { leaseMs: 1_000, blockedTopicMs: 500 } })

  beforeAll(async () => {
    harness = await EventingHarness.open()
    replica = await open()
    orders = replica.app.get(Orders)
  })
  afterAll(() => harness.close())

  const published = async (id: string) =>
    (await readTopic(harness.access, 'kitchen.order')).filter((record) => record.key === id)
  const empty = () => eventually(async () => (await replica.app.get(Outbox).pending()) === 0)

  it('removes no field that its schema does not name', async () => {
    await orders.insert(place('unnamed', 1))
    const stored = orders.model.collection
    await stored.updateOne({ _id: 'unnamed' } as never, { $set: { chef: 'b' } })
    const unnamed = orders.change('unnamed', ({ id, n, at }) => decide({ id, n, at }), notFound)
    await expect(unnamed).rejects.toThrow('chef')
    expect(await orders.find('unnamed')).toMatchObject({ chef: 'b', version: 1 })
  })

  it('publishes what was saved, in order, each event with a sequence of its own, as CloudEvents', async () => {
    await orders.insert(place('a', 1))
    await orders.change('a', again, notFound)
    await orders.change('a', again, notFound)
    await empty()
    const records = await published('a')
    expect(records.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2', '3', '4', '5'])
    expect(records[1]).toMatchObject({
      key: 'a',
      value: '{"orderId":"a","n":2}',
      headers: {
        ce_specversion: '1.0',
        ce_type: 'kitchen.order.placed.v1',
        ce_source: 'identity',
        ce_subject: 'a',
        ce_dataschema: 'http://localhost:8080/schemas/kitchen.order.placed.v1.json',
        'content-type': 'application/json',
      },
    })
    expect(await orders.find('a')).toMatchObject({ id: 'a', n: 3, version: 5 })
  })

  it('refuses the slower of two savers, and repeats its change', async () => {
    await orders.insert(place('b', 1))
    const seen = (await orders.find('b'))!
    await orders.save(seen, again(seen))
    await expect(orders.save(seen, again(seen))).rejects.toBeInstanceOf(ConcurrentChangeError)
    await Promise.all([1, 2, 3, 4].map(() => orders.change('b', again, notFound)))
    expect((await orders.find('b'))!.n).toBe(6)
    await expect(orders.change('nobody', again, notFound)).rejects.toBeInstanceOf(NoOrderError)
  })

  describe('completes what was stored before a field was added', () => {
    let seated: SeatedOrders
    beforeAll(async () => {
      seated = replica.app.get(SeatedOrders)
      const at = new Date(0)
      await seated.model.collection.insertMany([
        { _id: 'old1', version: 3, n: 2, at } as never,
        { _id: 'old2', version: 1, n: 4, at, table: 'door', bill: { by: 'x' } } as never,
      ])
    })
    const raw = (id: string) => seated.model.collection.findOne({ _id: id } as never)

    it('at every way of reading', async () => {
      const whole = { id: 'old1', version: 3, n: 2, at: new Date(0), guests: 2, bill: { by: 'old1', tip: 0 } }
      expect(await seated.find('old1')).toEqual(whole)
      expect(await seated.findOne({ id: 'old1' })).toEqual(whole)
      expect(await seated.findMany(['old1'])).toEqual([whole])
      expect(await seated.findOne({ table: 'door' })).toMatchObject({ guests: 4, bill: { by: 'x', tip: 0 } })
      expect(await raw('old1')).toEqual({ _id: 'old1', version: 3, n: 2, at: new Date(0) })
    })

    it('and stores the absent fields at the next save, whatever that changes', async () => {
      const next = await seated.change('old1', (order) => decide({ ...order, n: 7 }), notFound)
      const stored = { _id: 'old1', version: 4, n: 7, at: new Date(0), guests: 2, bill: { by: 'old1', tip: 0 } }
      expect(await raw('old1')).toEqual(stored)
      expect(await seated.find('old1')).toEqual({ ...next, version: 4 })
      const { table: _, ...standing } = (await seated.find('old2'))!
      await seated.saveMany([{ current: (await seated.find('old2'))!, decision: decide({ ...standing, guests: 5 }) }])
      const left = { _id: 'old2', version: 2, n: 4, at: new Date(0), guests: 5, bill: { by: 'x' } }
      expect(await raw('old2')).toEqual(left)
    })

    it('leaves a field alone that only a later version knows', async () => {
      const later = {
        _id: 'later',
        version: 1,
        n: 1,
        at: new Date(0),
        guests: 1,
        bill: { by: 'x', tip: 0 },
        music: ['jazz'],
      }
      await seated.model.collection.insertOne(later as never)
      await seated.change('later', (order) => decide({ ...order, n: 2 }), notFound)
      expect(await raw('later')).toEqual({ ...later, version: 2, n: 2 })
    })

    it('refuses the slower of two savers, and a state that would be read otherwise', async () => {
      const seen = (await seated.find('old1'))!
      await seated.save(seen, decide({ ...seen, guests: 8 }))
      await expect(seated.save(seen, decide({ ...seen, guests: 9 }))).rejects.toBeInstanceOf(ConcurrentChangeError)
      const { guests: _, ...unseated } = (await seated.find('old1'))!
      await expect(seated.save(seen, decide(unseated as never))).rejects.toThrow(/guests of seated/)
      await expect(seated.insert(decide({ id: 'new', n: 1, at: new Date(0) } as Seated))).rejects.toThrow(/guests/)
      expect(await seated.find('old1')).toMatchObject({ guests: 8 })
    })
  })

  it('names the index that refused a duplicate, and publishes nothing of it', async () => {
    const at = new Date()
    await orders.insert(decide({ id: 'c', n: 1, table: 'window', at }))
    const second = decide({ id: 'd', n: 1, table: 'window', at }, orderPlaced.of({ orderId: 'd', n: 1 }))
    await expect(orders.insert(second)).rejects.toMatchObject({ index: 'table' })
    await expect(orders.insert(place('c', 1))).rejects.toBeInstanceOf(DuplicateKeyError)
    await empty()
    expect(await published('d')).toEqual([])
  })

  it('inserts with what the database computes, in one write with the event, and once', async () => {
    const before = Date.now()
    const inserted = await orders.insertComputed(place('$n', 1), { at: { $add: ['$$NOW', 60_000] } })
    expect(inserted).toMatchObject({ id: '$n', n: 1, version: 1 })
    expect(inserted.at.getTime()).toBeGreaterThan(before + 30_000)
    expect(await orders.find('$n')).toEqual(inserted)
    await expect(orders.insertComputed(place('$n', 2), {})).rejects.toBeInstanceOf(DuplicateKeyError)
    await empty()
    expect(await published('$n')).toHaveLength(1)
  })

  it('saves many at once, each with its events, and says when somebody was faster for one of them', async () => {
    await orders.saveMany(['m1', 'm2'].map((id) => ({ current: null, decision: place(id, 1) })))
    const [one, two] = [(await orders.find('m1'))!, (await orders.find('m2'))!]
    await orders.save(one, again(one))
    const both = [one, two].map((current) => ({ current, decision: again(current) }))
    await expect(orders.saveMany(both)).rejects.toBeInstanceOf(ConcurrentChangeError)
    const made = ['m3', 'm1'].map((id) => ({ current: null, decision: place(id, 1) }))
    await expect(orders.saveMany(made)).rejects.toBeInstanceOf(ConcurrentChangeError)
    await empty()
    const sequences = async (id: string) => (await published(id)).map(({ headers }) => headers['ce_sequence'])
    expect(await sequences('m1')).toEqual(['1', '2', '3'])
    expect(await sequences('m2')).toEqual(['1', '2', '3'])
    expect(await sequences('m3')).toEqual(['1'])
  })

  it('changes many at once, again when somebody was faster for one of them', async () => {
    const first = ['n1', 'n2'].map((id) => ({ current: null, decision: decide({ id, n: 1, at: new Date() }) }))
    await orders.saveMany(first)
    const faster = () => orders.change('n1', (order) => decide({ ...order, n: order.n + 10 }), notFound)
    const saveMany = orders.saveMany.bind(orders)
    const slow = jest.spyOn(orders, 'saveMany').mockImplementationOnce(async (changes) => {
      await faster()
      return saveMany(changes)
    })
    const changed = await orders.changeMany(['n1', 'n2', 'gone'], (order) => decide({ ...order, n: order.n + 1 }))
    slow.mockRestore()
    expect(changed.map(({ id }) => id).sort()).toEqual(['n1', 'n2'])
    expect((await orders.find('n1'))!.n).toBe(12)
  })

  it('begins a document once, whoever comes first, and changes it from then on', async () => {
    const first = { id: 'first', n: 0, at: new Date() }
    const stays = await orders.changeOrBegin(first, unchanged, notFound)
    expect([stays, await orders.find('first')]).toEqual([first, null])
    await Promise.all([1, 2, 3, 4].map(() => orders.changeOrBegin(first, again, notFound)))
    expect((await orders.find('first'))!.n).toBe(4)
    expect(await orders.insertFirst(place('first', 9))).toBe(false)
    expect((await orders.find('first'))!.n).toBe(4)
  })

  it('lists documents behind an id, in order', async () => {
    await orders.saveMany(['l3', 'l1', 'l2'].map((id) => ({ current: null, decision: place(id, 1) })))
    expect((await orders.after('l', 2)).map(({ id }) => id)).toEqual(['l1', 'l2'])
    expect((await orders.after('l2', 1)).map(({ id }) => id)).toEqual(['l3'])
    expect(await orders.after(null, 1)).toHaveLength(1)
  })

  it('refuses an event that is too large before it is saved', async () => {
    const huge = decide(
      { id: 'e', n: 1, at: new Date() },
      { type: 'kitchen.order.placed.v1', subject: 'e', data: 'x'.repeat(300_000) },
    )
    await expect(orders.insert(huge)).rejects.toBeInstanceOf(EventTooLargeError)
    expect(await orders.find('e')).toBeNull()
  })

  it('takes a filter for equality only', async () => {
    await expect(orders.findOne({ n: { $gt: 0 } as never })).rejects.toThrow(TypeError)
    expect(await orders.find({ $gt: '' } as never)).toBeNull()
    expect(await orders.findOne({ table: 'window' })).toMatchObject({ id: 'c' })
  })

  it('reads no more outboxes at once than hold a batch of events, however long they have grown', async () => {
    const connection = replica.app.get(Connection)
    const long = connection.db!.collection<{ _id: string }>('long')
    await long.createIndex({ '_outbox.id': 1 }, { name: OUTBOX_INDEX })
    const events = (id: string) => Array.from({ length: 3 }, () => orderServed.of({ orderId: id }))
    await long.insertMany(['a', 'b', 'c', 'd', 'e'].map((id) => ({ _id: id, _outbox: stamp(events(id), 0) })))
    const found: string[] = []
    for await (const some of new OutboxSource(connection, ['long']).pending(6))
      found.push(some.map(({ id }) => id).join(''))
    expect(found).toEqual(['ab', 'cd', 'e'])
  })

  it('reads what waits to an end, however much is saved meanwhile', async () => {
    const { db } = replica.app.get(Connection)
    const waiting = db!.collection<{ _id: string }>('waiting')
    await waiting.createIndex({ '_outbox.id': 1 }, { name: OUTBOX_INDEX })
    const save = (id: string) =>
      waiting.insertOne({ _id: id, _outbox: stamp([orderServed.of({ orderId: id })], 0) } as never)
    for (const id of ['a', 'b', 'c']) await save(id)
    const before = new Date().toISOString()
    const found: string[] = []
    await eventually(() => new Date().toISOString() > before)
    for await (const some of new OutboxSource(replica.app.get(Connection), ['waiting']).pending(1, { before })) {
      found.push(...some.map(({ id }) => id))
      if (found.length < 50) await save(`later-${found.length}`)
    }
    expect(found).toEqual(['a', 'b', 'c'])
  })

  it('follows each save once, also when MongoDB ends the stream in between', async () => {
    const { db } = replica.app.get(Connection)
    const source = new OutboxSource(replica.app.get(Connection), ['followed'])
    const stream = source.watch(await source.now())
    const saved = new SavedStream(stream, new Map())
    const save = (...ids: string[]) =>
      db!
        .collection('followed')
        .insertMany(ids.map((id) => ({ _id: id, _outbox: stamp([orderServed.of({ orderId: id })], 0) })) as never)
    const found: string[] = []
    const read = async (count: number) => {
      while (found.length < count) found.push(...(await saved.read(100))!.map(({ id }) => id))
    }
    await Promise.all([read(3), save('a', 'b', 'c')])
    const { id } = stream.cursor as unknown as { id: unknown }
    await db!.command({ killCursors: '$cmd.aggregate', cursors: [id] })
    await Promise.all([read(4), save('d')])
    await saved.close()
    expect(found).toEqual(['a', 'b', 'c', 'd'])
  })

  it('lets a topic that is missing hold up nobody else, and publishes its events in order when it exists', async () => {
    const lost = (n: number) => ({ type: 'kitchen.lost.found.v1', subject: 'l', data: { n } })
    await orders.insert(decide({ id: 'l', n: 1, at: new Date() }, lost(1), lost(2)))
    await orders.change('l', (o) => decide({ ...o, n: 2 }, lost(3)), notFound)
    await orders.insert(place('f', 1))
    await eventually(async () => (await published('f')).length > 0)
    const lostTopic = { ...ordersTopic, name: 'kitchen.lost' }
    await createTopics(harness.access, { catalogue: { topics: [lostTopic], consumers: [] } })
    await empty()
    const found = await readTopic(harness.access, 'kitchen.lost')
    expect(found.map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2', '3'])
  })

  it('lets nobody publish under an epoch that has passed', async () => {
    const kafka = replica.app.get(KafkaClient, { strict: false })
    const name = `${harness.access.prefix}fence`
    const send = (producer: Producer) =>
      producer.send({
        topic: `${harness.access.prefix}kitchen.order`,
        messages: [{ key: 'z', value: '1', partition: 0 }],
      })
    const old = kafka.fencedProducer(name)
    await old.connect()
    await send(old)
    const next = kafka.fencedProducer(name)
    await next.connect()
    await send(next)
    await expect(send(old)).rejects.toMatchObject({ type: 'INVALID_PRODUCER_EPOCH' })
    await send(next)
    await Promise.all([old.disconnect(), next.disconnect()])
  })

  it('writes a tombstone as it writes an event', async () => {
    await orders.insert(decide({ id: 'g', n: 1, at: new Date() }, tombstone(orderPlaced, 'g')))
    await empty()
    expect(await published('g')).toMatchObject([{ key: 'g', value: null }])
  })

  it('loses nothing and keeps the order while replicas hand the lease over', async () => {
    const ids = [...Array(20).keys()].map((i) => `h${i}`)
    await Promise.all(ids.map((id) => orders.insert(place(id, 1))))
    let other = await open()
    const saving = (async () => {
      for (let round = 0; round < 15; round++) await Promise.all(ids.map((id) => orders.change(id, again, notFound)))
    })()
    for (let i = 0; i < 3; i++) {
      const leaving = other
      other = await open()
      await leaving.stop()
    }
    await saving
    await empty()
    await other.stop()
    for (const id of ids) {
      const sequences = (await published(id)).map(({ headers }) => Number(headers['ce_sequence']))
      expect([...new Set(sequences)]).toEqual([...Array(31).keys()].map((i) => i + 1))
    }
  })

  it('publishes what waits when it stops', async () => {
    const other = await open()
    await replica.stop()
    const theirs = other.app.get(Orders)
    await Promise.all([...Array(50).keys()].map((i) => theirs.insert(place(`s${i}`, 1))))
    await other.stop()
    const records = await readTopic(harness.access, 'kitchen.order')
    expect(new Set(records.filter(({ key }) => key?.startsWith('s')).map(({ key }) => key)).size).toBe(50)
  })
})
