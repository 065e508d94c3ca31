import type { Envelope } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import {
  deadLetterTopic,
  DeadLetters,
  EventConsumer,
  On,
  PermanentError,
  ProjectionStore,
  readTopic,
  replayTopic,
  type ResolveOutcome,
} from '../src/index.js'
import { EventingHarness, eventually, type Replica } from './setup/eventing-harness.js'
import { orderPlaced, ticketPrinted } from './setup/sample-catalogue.js'

const broken = new Set<string>()

@Injectable()
class Slate {
  readonly store: ProjectionStore
  readonly model

  constructor(connection: Connection) {
    const schema = new mongoose.Schema({ _id: String, n: Number, sequence: Number }, { versionKey: false })
    this.model = connection.model('slate', schema, 'slate')
    this.store = new ProjectionStore(this.model)
  }
}

@EventConsumer()
class WriteOnSlate {
  constructor(private readonly slate: Slate) {}

  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ sequence, data }: Envelope<typeof orderPlaced>): Promise<void> {
    if (broken.has(`${data.orderId}-${data.n}`)) throw new PermanentError('the chalk broke')
    await this.slate.store.apply(data.orderId, sequence, { n: data.n })
  }
}

@EventConsumer()
class RefuseTicket {
  @On(ticketPrinted, { idempotence: 'natural' })
  handle(): Promise<void> {
    throw new PermanentError('no paper')
  }
}

describe('dead letters', () => {
  let harness: EventingHarness
  let replica: Replica
  let letters: DeadLetters

  beforeAll(async () => {
    harness = await EventingHarness.open()
    replica = await harness.replica([WriteOnSlate, RefuseTicket], [Slate])
    letters = harness.deadLetters
  })
  afterAll(() => harness.close())

  const place = (orderId: string, n: number) => harness.writer.event(orderPlaced.of({ orderId, n }), { sequence: n })
  const lettersOf = (count: number, filter: object) =>
    eventually(async () => {
      const found = await letters.list(filter)
      return found.length === count && found
    })
  const all = async (outcomes: AsyncIterable<ResolveOutcome>) => {
    const found: ResolveOutcome[] = []
    for await (const outcome of outcomes) found.push(outcome)
    return found
  }
  const countsOf = (outcomes: ResolveOutcome[]) => Object.groupBy(outcomes, ({ outcome }) => outcome)

  it('an event that comes again after later ones of its key changes nothing', async () => {
    for (const n of [1, 3]) broken.add(`a-${n}`)
    for (const n of [1, 2, 3, 4]) await place('a', n)
    for (const n of [1, 2]) await place('b', n)
    broken.add('b-3')
    await place('b', 3)
    const given = await lettersOf(3, { reaction: 'WriteOnSlate' })
    await replica.untilIdle()
    broken.clear()
    const shown = () => replica.app.get(Slate).model.find().sort({ _id: 1 }).lean()
    expect(await shown()).toEqual([
      { _id: 'a', n: 4, sequence: 4 },
      { _id: 'b', n: 2, sequence: 2 },
    ])
    // the latest first, the one before it last
    await all(letters.resolve(given.map(({ id }) => id).reverse(), { action: 'replayed', by: 'ann', why: 'new chalk' }))
    await replica.untilIdle()
    expect(await shown()).toEqual([
      { _id: 'a', n: 4, sequence: 4 },
      { _id: 'b', n: 3, sequence: 3 },
    ])
    expect(await letters.list()).toEqual([])
  })

  it('of two operators at once, each letter is sent by one, its headers as they were, and both are told', async () => {
    const count = 250
    const schemaId = '01931f3e-cafe-5fff-bfff-00000000beef'
    const records = [...Array(count).keys()].map((n) => ({
      key: `t-${n}`,
      value: JSON.stringify({ ticketId: `t-${n}`, n }),
      headers: { ce_id: `${n}`, ce_type: ticketPrinted.type, __value_schema_id: schemaId },
    }))
    await harness.writer.records('kitchen.ticket', records)
    const ids = (await lettersOf(count, { topic: 'kitchen.ticket' })).map(({ id }) => id)
    await replica.stop()
    const replayTo = (by: string) =>
      all(new DeadLetters(harness.access).resolve(ids, { action: 'replayed', by, why: 'paper came' }))
    const [ann, bob] = await Promise.all([replayTo('ann'), replayTo('bob')])
    const sent = await readTopic(harness.access, replayTopic('kitchen.ticket', 'profiles'))
    expect(sent).toHaveLength(count)
    expect(new Set(sent.map(({ key }) => key)).size).toBe(count)
    expect(new Set(sent.map(({ headers }) => headers['__value_schema_id']))).toEqual(new Set([schemaId]))
    const done = [ann, bob].flatMap((outcomes) => countsOf(outcomes).done ?? [])
    expect(new Set(done.map(({ id }) => id)).size).toBe(count)
    expect(done).toHaveLength(count)
    expect(ann).toHaveLength(count)
    expect(await letters.list({ topic: 'kitchen.ticket' })).toEqual([])

    // once more changes nothing, and says who did it
    const again = await all(letters.resolve(ids.slice(0, 3), { action: 'replayed', by: 'cleo', why: '' }))
    expect(countsOf(again).already).toHaveLength(3)
    expect(again[0]!.reason).toMatch(/^was replayed by (ann|bob) at /)
    const other = await all(letters.resolve(ids.slice(0, 3), { action: 'discarded', by: 'cleo', why: 'no' }))
    expect(countsOf(other).refused).toHaveLength(3)
    expect(await readTopic(harness.access, replayTopic('kitchen.ticket', 'profiles'))).toHaveLength(count)
  })

  it('what somebody began and never noted as sent is left alone, until it is taken over', async () => {
    const topic = deadLetterTopic('kitchen.order', 'profiles')
    await harness.writer.records(topic, [
      { key: 'k', value: '{}', headers: { ce_id: 'lost', dlt_reaction: 'WriteOnSlate' } },
    ])
    const [letter] = await lettersOf(1, { topic: 'kitchen.order' })
    const { id, offset } = letter!
    const begun = { action: 'replaying', by: 'ann', why: '', at: '2026-01-31T12:00:00.000Z', token: 'ann-1' }
    // bob was slower: his notes stand behind hers
    const notes = [
      begun,
      { ...begun, by: 'bob', token: 'bob-1' },
      { ...begun, by: 'bob', token: 'bob-1', action: 'discarded' },
    ]
    const headers = { dlt_settles: String(offset) }
    await harness.writer.records(
      topic,
      notes.map((note) => ({ key: id, value: JSON.stringify(note), headers })),
    )
    expect((await letters.list({ topic: 'kitchen.order' }))[0]!.begun).toMatchObject({ by: 'ann' })
    for (const action of ['replayed', 'discarded'] as const)
      expect(await all(letters.resolve([id], { action, by: 'bob', why: '' }))).toEqual([
        { id, outcome: 'refused', reason: expect.stringContaining('is being replayed by ann since 2026-01-31') },
      ])
    const takeOver = (by: string) =>
      all(new DeadLetters(harness.access).resolve([id], { action: 'replayed', by, why: '', takeOver: true }))
    const outcomes = (await Promise.all([takeOver('bob'), takeOver('cleo')])).flat()
    expect(outcomes.map(({ outcome }) => outcome)).toContain('done')
    expect(countsOf(outcomes).done).toHaveLength(1)
    const sent = await readTopic(harness.access, replayTopic('kitchen.order', 'profiles'))
    expect(sent.filter(({ headers }) => headers['ce_id'] === 'lost')).toHaveLength(1)
    expect((await letters.show(id))!.settled).toMatchObject({ action: 'replayed' })
  })

  it('what was sent counts as sent, though it was taken over and discarded meanwhile', async () => {
    const topic = deadLetterTopic('kitchen.order', 'profiles')
    await harness.writer.records(topic, [
      { key: 'k', value: '{}', headers: { ce_id: 'late', dlt_reaction: 'WriteOnSlate' } },
    ])
    const [letter] = await lettersOf(1, { topic: 'kitchen.order' })
    const { id, offset } = letter!
    const note = { by: 'ann', why: '', at: '2026-01-31T12:00:00.000Z', token: 'ann-3' }
    const write = (action: string) =>
      harness.writer.records(topic, [
        { key: id, value: JSON.stringify({ ...note, action }), headers: { dlt_settles: String(offset) } },
      ])
    await write('replaying')
    const discarded = await all(letters.resolve([id], { action: 'discarded', by: 'bob', why: '', takeOver: true }))
    expect(discarded).toMatchObject([{ outcome: 'done' }])
    await write('replaying')
    expect((await letters.show(id))!.settled).toMatchObject({ action: 'discarded', by: 'bob' })
    await write('replayed')
    expect((await letters.show(id))!.settled).toMatchObject({ action: 'replayed', by: 'ann' })
  })

  it('one failure is listed once, and again only when it failed after a replay', async () => {
    const topic = deadLetterTopic('kitchen.order', 'profiles')
    const headers = { ce_id: 'twice', dlt_reaction: 'WriteOnSlate', dlt_origin: 'kitchen.order/0/4711' }
    const letter = { key: 'k', value: '{}', headers }
    // as if the process had died before it committed
    await harness.writer.records(topic, [letter, letter])
    const [listed] = await lettersOf(1, { topic: 'kitchen.order' })
    const note = { action: 'replaying', by: 'ann', why: '', at: '2026-01-31T12:00:00.000Z', token: 'ann-2' }
    const notes = [note, { ...note, action: 'replayed' }].map((one) => ({
      key: listed!.id,
      value: JSON.stringify(one),
      headers: { dlt_settles: String(listed!.offset) },
    }))
    await harness.writer.records(topic, [notes[0]!, letter, notes[1]!])
    const [failedAgain] = await lettersOf(1, { topic: 'kitchen.order' })
    expect(failedAgain!.offset).toBeGreaterThan(listed!.offset)
    await letters.discard(failedAgain!.id, 'ann', 'seen')
  })

  it('names what does not exist, and what is no id', async () => {
    expect(await letters.show('kitchen.order/profiles/999')).toBeUndefined()
    expect(await letters.show('no.topic/profiles/1')).toBeUndefined()
    await expect(letters.discard('no.topic/profiles/1', 'ann', '')).rejects.toThrow('there is no dead letter no.topic')
    await expect(letters.replay('kitchen.order/profiles/x', 'ann')).rejects.toThrow('an id is <topic>/<group>/<offset>')
  })
})
