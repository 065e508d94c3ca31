import { setImmediate as nextTurn } from 'node:timers/promises'
import { Connection } from '@mpics/mongo'
import mongoose from 'mongoose'
import { Projections, RebuildRunningError, UnknownProjectionError } from '../src/index.js'
import { Lease } from '../src/outbox/lease.js'
import { EventingHarness, eventually, type Replica } from './setup/eventing-harness.js'
import { stockCounted, ticketPrinted } from './setup/sample-catalogue.js'
import { TicketProjection, CountStock, HangTicket, StockProjection } from './setup/sample-projections.js'

const KEYS = 250

describe('rebuilding a projection', () => {
  let harness: EventingHarness
  let replica: Replica
  let other: Replica

  beforeAll(async () => {
    harness = await EventingHarness.open()
    replica = await harness.replica([CountStock, HangTicket], [StockProjection, TicketProjection])
    other = await harness.replica([CountStock, HangTicket], [StockProjection, TicketProjection])
  })
  afterAll(() => harness.close())
  afterEach(() => (TicketProjection.onPage = () => undefined))

  const projections = (from = replica) => from.app.get(Projections)
  const ended = (name: string) =>
    eventually(async () => {
      const { rebuild } = await projections().status(name)
      return rebuild?.state !== 'running' && rebuild
    })
  const rebuild = async (name: string, order = {}) => {
    await projections().rebuild(name, { by: 'an operator', ...order })
    return ended(name)
  }
  const documents = async (from: StockProjection | TicketProjection) =>
    Object.fromEntries((await from.model.find().lean()).map(({ _id, ...rest }) => [String(_id), rest]))
  const id = (i: number) => `item-${String(i).padStart(4, '0')}`

  describe('from a compacted topic', () => {
    let stock: StockProjection
    const truth = () =>
      Object.fromEntries(
        [...Array(KEYS).keys()].filter((i) => i % 50 !== 7).map((i) => [id(i), { n: 30 + i, sequence: 3 }]),
      )
    const count = (i: number, sequence: number) => ({
      key: id(i),
      value: JSON.stringify({ itemId: id(i), n: 10 * sequence + i }),
      headers: {
        ce_id: `${i}-${sequence}`,
        ce_type: stockCounted.type,
        ce_subject: id(i),
        ce_sequence: `${sequence}`,
      },
    })

    beforeAll(async () => {
      stock = replica.app.get(StockProjection)
      for (const sequence of [1, 2, 3])
        await harness.writer.records(
          'kitchen.stock',
          [...Array(KEYS).keys()].map((i) => count(i, sequence)),
        )
      // a publisher that crashed says the last but one again; an erased item is a tombstone; one record is unreadable
      await harness.writer.records('kitchen.stock', [
        count(1, 2),
        ...[...Array(KEYS).keys()].filter((i) => i % 50 === 7).map((i) => ({ key: id(i), value: null })),
        { ...count(2, 4), value: 'no json' },
      ])
      await eventually(async () => (await harness.deadLetters.list()).length === 1)
      await replica.untilIdle()
    })

    it('a wrecked projection equals the truth again: deleted, altered, invented, claimed to be later, erased', async () => {
      const { model } = stock
      await model.deleteMany({ _id: { $in: [id(10), id(11)] } })
      await model.updateOne({ _id: id(20) }, { n: -1 })
      await model.updateOne({ _id: id(21) }, { n: -1, sequence: 99 })
      await model.collection.updateOne({ _id: id(22) } as never, { $set: { sequence: 'many' } })
      await model.collection.updateOne({ _id: id(23) } as never, { $set: { sequence: null } })
      await model.collection.updateOne({ _id: id(24) } as never, { $unset: { sequence: '' } })
      await model.updateOne({ _id: id(25) }, { n: -1, sequence: 1 })
      await model.collection.insertMany([
        { _id: 'invented', n: 1, sequence: 1 },
        { _id: new mongoose.Types.ObjectId(), n: 1, sequence: 1 },
        { _id: 7, n: 1, sequence: 1 },
      ] as never[])
      // the reactions pass a tombstone over: what an erased item left behind goes when the projection is rebuilt
      expect(Object.keys(await documents(stock))).toContain(id(57))

      expect(await rebuild('pantry')).toMatchObject({
        state: 'done',
        added: 2,
        mended: 6,
        removed: 8,
        by: 'an operator',
      })
      expect(await documents(stock)).toEqual(truth())
    })

    it('a sound projection stays as it is, and nothing of the rebuild is left', async () => {
      expect(await rebuild('pantry')).toMatchObject({
        added: 0,
        mended: 0,
        removed: 0,
        read: KEYS - 5,
        marked: KEYS - 5,
      })
      expect(await documents(stock)).toEqual(truth())
      const collections = await replica.app.get(Connection).db!.listCollections().toArray()
      expect(collections.map(({ name }) => name).filter((name) => name.startsWith('_snapshot'))).toEqual([])
    })
  })

  describe('from what the owner lists', () => {
    let tickets: TicketProjection
    const own = (i: number, n = i, version = 1) => TicketProjection.owner.set(id(i), { id: id(i), n, version })
    const say = (i: number, n: number, sequence: number) =>
      harness.writer.event(ticketPrinted.of({ ticketId: id(i), n }), { sequence })
    const owned = () =>
      Object.fromEntries(
        [...TicketProjection.owner.values()].map(({ id, n, version }) => [id, { n, sequence: version }]),
      )

    beforeEach(async () => {
      tickets = replica.app.get(TicketProjection)
      await tickets.model.deleteMany({})
      TicketProjection.owner.clear()
      for (let i = 0; i < KEYS; i++) own(i)
      await rebuild('board')
    })

    it('what happens during a rebuild is kept, and readers find every document all the time', async () => {
      let reading = true
      let reads = 0
      const reader = (async () => {
        for (; reading; reads++) {
          expect(await tickets.model.countDocuments({ _id: { $lte: id(KEYS - 1) } })).toBeGreaterThanOrEqual(KEYS - 1)
          await nextTurn()
        }
      })()
      const change = (i: number, n: number, version: number) => {
        own(i, n, version)
        return say(i, n, version)
      }
      TicketProjection.onPage = async (page) => {
        // after the first page was read, before it is applied
        if (page === 0) await change(3, 33, 2)
        // between the pages: a change of what was confirmed, something new before the cursor, something new behind it
        if (page === 1) await Promise.all([change(4, 44, 2), change(-1, 1, 1), change(9000, 9, 1)])
        if (page > 1) return
        await replica.untilIdle()
        const { rebuild } = await projections().status('board')
        expect(rebuild).toMatchObject({ state: 'running', phase: 'confirming' })
        reads = 0
        await eventually(() => reads > 3)
      }
      // the owner has forgotten this one, and never said so; it goes, but what was new does not
      TicketProjection.owner.delete(id(100))
      expect(await rebuild('board')).toMatchObject({ state: 'done', removed: 1 })
      reading = false
      await reader
      expect(await documents(tickets)).toEqual(owned())
    })

    it('what a live reaction had to refuse, because a wrecked document claims to be later, is not lost', async () => {
      await tickets.model.updateOne({ _id: id(5) }, { n: -1, sequence: 99 })
      TicketProjection.onPage = async (page) => {
        if (page > 0) return
        TicketProjection.onPage = () => undefined
        own(5, 55, 2)
        await say(5, 55, 2)
        await replica.untilIdle()
      }
      await rebuild('board')
      expect(await documents(tickets)).toEqual(owned())
    })

    it('a second one is refused in every replica while the first is at it', async () => {
      let release = () => {}
      const held = new Promise<void>((resolve) => (release = resolve))
      TicketProjection.onPage = () => held
      const orders = [replica, other, replica, other].map((from, i) =>
        projections(from).rebuild('board', { by: `operator ${i}` }),
      )
      const outcomes = await Promise.allSettled(orders)
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(refused).toHaveLength(3)
      for (const { reason } of refused) expect(reason).toBeInstanceOf(RebuildRunningError)
      await expect(projections(other).rebuild('board', { by: 'late' })).rejects.toThrow(/begun by operator \d at/)
      release()
      expect(await ended('board')).toMatchObject({ state: 'done', by: expect.stringMatching(/^operator/) })
      expect(await rebuild('board')).toMatchObject({ state: 'done' })
    })

    it('has ended for those who ask when the next is accepted, not before', async () => {
      const held = Promise.withResolvers<void>()
      // oxlint-disable-next-line typescript/unbound-method -- called with its owner below
      const release = Lease.prototype.release
      const noted = new Promise<void>((resolve) => {
        jest.spyOn(Lease.prototype, 'release').mockImplementationOnce(async function (this: Lease) {
          resolve()
          await held.promise
          await release.call(this)
        })
      })
      await projections().rebuild('board', { by: 'the first' })
      await noted
      expect((await projections(other).status('board')).rebuild).toMatchObject({ state: 'running', endedAt: null })
      await expect(projections(other).rebuild('board', { by: 'early' })).rejects.toBeInstanceOf(RebuildRunningError)
      held.resolve()
      expect(await ended('board')).toMatchObject({ state: 'done', by: 'the first', endedAt: expect.any(Date) })
      await projections(other).rebuild('board', { by: 'the second' })
      expect(await ended('board')).toMatchObject({ state: 'done', by: 'the second' })
    })

    it('one that lost its lease stops, removes nothing and does not speak for the one that took over', async () => {
      const leases = replica.app.get(Connection).db!.collection<{ _id: string }>('_leases')
      TicketProjection.owner.delete(id(1))
      TicketProjection.onPage = async () => {
        TicketProjection.onPage = () => undefined
        // as after a pause that was longer than the lease
        await leases.updateOne({ _id: 'rebuild:board' }, { $set: { until: new Date(0), holder: null } })
        await projections(other).rebuild('board', { by: 'the second' })
        await eventually(async () => (await projections().status('board')).rebuild?.state === 'done')
        const { run } = (await projections().status('board')).rebuild!
        await tickets.model.collection.insertOne({ _id: 'later', n: 1, sequence: 1, suspect: run - 1 } as never)
      }
      await projections().rebuild('board', { by: 'the first' })
      await Promise.all(projections()['running'])
      expect((await projections().status('board')).rebuild).toMatchObject({
        by: 'the second',
        state: 'done',
        removed: 1,
      })
      expect(Object.keys(await documents(tickets))).toContain('later')
    })

    it('a replica that stops breaks off; the next rebuild begins again', async () => {
      await tickets.model.deleteMany({ _id: { $lte: id(150) } })
      const third = await harness.replica([], [TicketProjection])
      TicketProjection.onPage = async (page) => {
        if (page !== 1) return
        TicketProjection.onPage = () => undefined
        void third.stop()
        await eventually(() => third.app.get(Projections)['closing'].signal.aborted)
      }
      await projections(third).rebuild('board', { by: 'the third' })
      expect(await ended('board')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('the service stopped'),
      })
      expect(await rebuild('board')).toMatchObject({ state: 'done' })
      expect(await documents(tickets)).toEqual(owned())
    })

    it('an owner that says nothing removes nothing, unless that is allowed', async () => {
      TicketProjection.owner.clear()
      expect(await rebuild('board')).toMatchObject({
        state: 'failed',
        removed: 0,
        reason: expect.stringMatching('nothing'),
      })
      expect(await tickets.model.countDocuments()).toBe(KEYS)
      expect(await rebuild('board', { allowEmpty: true })).toMatchObject({ state: 'done', removed: KEYS })
    })

    it('an owner that is away for a moment is asked again', async () => {
      let failures = 2
      TicketProjection.onPage = () => {
        if (failures-- > 0) throw new Error('away')
      }
      expect(await rebuild('board')).toMatchObject({ state: 'done', read: KEYS })
    })
  })

  it('are listed with where they come from; another name is refused', async () => {
    expect(await projections().list()).toMatchObject([
      { name: 'board', source: 'identity', topics: ['kitchen.ticket'] },
      { name: 'pantry', source: 'topic kitchen.stock', topics: ['kitchen.stock'] },
    ])
    await expect(projections().rebuild('larder', { by: 'x' })).rejects.toBeInstanceOf(UnknownProjectionError)
  })
})
