import { DomainError, type Envelope } from '@mpics/contracts'
import { EventConsumer, On, PermanentError } from '../src/index.js'
import { EventingHarness, eventually, metric } from './setup/eventing-harness.js'
import { orderPlaced, orderServed } from './setup/sample-catalogue.js'

const handled: { orderId: string; n: number }[] = []
const beside: string[] = []
const attempts = new Map<string, number>()
const mended = new Set<string>()

class NoSuchDishError extends DomainError {
  readonly code = 'kitchen.no-such-dish'
  readonly kind = 'not-found'
}

@EventConsumer()
class CookOnOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    const { orderId } = data
    attempts.set(orderId, (attempts.get(orderId) ?? 0) + 1)
    if (orderId.startsWith('poison') && !mended.has(orderId))
      throw new NoSuchDishError('no such dish, tell jane@example.org')
    if (orderId.startsWith('permanent')) throw new PermanentError('never')
    if (orderId.startsWith('shaky') && attempts.get(orderId)! < 3) throw new Error('the oven is cold')
    handled.push(data)
  }
}

@EventConsumer()
class BellOnOrder {
  @On(orderPlaced, { idempotence: 'natural' })
  async handle({ data }: Envelope<typeof orderPlaced>): Promise<void> {
    beside.push(data.orderId)
  }
}

describe('consuming', () => {
  let harness: EventingHarness

  beforeAll(async () => {
    harness = await EventingHarness.open()
    await harness.replica([CookOnOrder, BellOnOrder], [], { consumer: { retryMs: [20, 50, 100] } })
  })
  afterAll(() => harness.close())

  const place = (orderId: string, n = 1) => harness.writer.event(orderPlaced.of({ orderId, n }), { sequence: n })
  const letters = () => harness.deadLetters.list()

  it('handles each key in order, beside a poison message that ends in the dead letters', async () => {
    await place('poison-1')
    for (let n = 1; n <= 20; n++) for (const id of ['a', 'b', 'c']) await place(id, n)
    await eventually(() => handled.length === 60)
    for (const id of ['a', 'b', 'c'])
      expect(handled.filter((o) => o.orderId === id).map((o) => o.n)).toEqual([...Array(20).keys()].map((i) => i + 1))
    const [letter] = await eventually(async () => (await letters()).length > 0 && (await letters()))
    expect(letter).toMatchObject({ reaction: 'CookOnOrder', error: 'NoSuchDishError', attempts: 4, key: 'poison-1' })
    expect(letter!.reason).toBe('no such dish, tell …')
  })

  it('keeps two reactions to one event apart', async () => {
    await place('shaky-1')
    await eventually(() => handled.some((o) => o.orderId === 'shaky-1'))
    await eventually(() => beside.includes('shaky-1'))
    expect(attempts.get('shaky-1')).toBe(3)
    expect(beside.filter((id) => id === 'shaky-1')).toHaveLength(1)
    expect(beside).toContain('poison-1')
  })

  it('sends what no retry would mend to the dead letters at once', async () => {
    await place('permanent-1')
    const record = { key: 'x', headers: { ce_id: '1', ce_type: 'kitchen.order.placed.v1' } }
    await harness.writer.records('kitchen.order', [
      { ...record, value: 'no json' },
      { ...record, value: '{"orderId":1}' },
      { ...record, value: '{}', headers: { ce_id: '1', ce_type: 'kitchen.order.placed.v2' } },
    ])
    const found = await eventually(async () => (await letters()).length >= 8 && (await letters()))
    const reasons = found.filter((l) => l.attempts === 1 && l.reaction === 'CookOnOrder').map((l) => l.reason)
    expect(reasons.sort()).toEqual([
      'kitchen.order.placed.v2 is a version that this consumer does not know',
      'never',
      'the data breaks the schema of kitchen.order.placed.v1: orderId (invalid_type), n (invalid_type)',
      'the value is not JSON',
    ])
  })

  it('gives up the largest event that Kafka takes', async () => {
    const record = { key: 'large', headers: { ce_id: '1', ce_type: 'kitchen.order.placed.v1' } }
    await harness.writer.records('kitchen.order', [{ ...record, value: 'x'.repeat(1024 * 1024 - 250) }])
    const large = await eventually(async () => {
      const found = (await letters()).filter((l) => l.key === 'large')
      return found.length === 2 && found
    })
    expect(large[0]!.value).toHaveLength(1024 * 1024 - 250)
    // it fits on the way back as well, and may fail again
    await harness.deadLetters.replay(large[0]!.id, 'an operator')
    await eventually(async () => (await letters()).some((l) => l.key === 'large' && l.offset > large[1]!.offset))
  })

  it('passes over tombstones, unknown types and foreign records', async () => {
    const before = (await letters()).length
    await harness.writer.records('kitchen.order', [
      { key: 'gone', value: null },
      { key: null, value: 'hello', headers: { something: 'else' } },
      { key: 'x', value: '\u0000\u0001' },
    ])
    await harness.writer.event(orderServed.of({ orderId: 'a' }))
    await place('after', 1)
    await eventually(() => handled.some((o) => o.orderId === 'after'))
    const replica = harness['replicas'][0]!
    await replica.untilIdle()
    expect(await metric(replica, 'events_ignored_total')).toBe(4)
    expect((await letters()).length).toBe(before)
  })

  it('replays a dead letter to the reaction that failed and to no other, and remembers who did it', async () => {
    mended.add('poison-1')
    const letter = (await letters()).find((l) => l.key === 'poison-1')!
    await harness.deadLetters.replay(letter.id, 'an operator', 'the dish is on the menu now')
    await eventually(() => handled.some((o) => o.orderId === 'poison-1'))
    expect(beside.filter((id) => id === 'poison-1')).toHaveLength(1)
    expect((await letters()).map((l) => l.id)).not.toContain(letter.id)
    const shown = await harness.deadLetters.show(letter.id)
    expect(shown!.settled).toMatchObject({ action: 'replayed', by: 'an operator' })
    await expect(harness.deadLetters.replay(letter.id, 'another')).rejects.toThrow('was replayed by an operator')
  })

  it('discards a dead letter with a reason', async () => {
    const [letter] = await letters()
    await harness.deadLetters.discard(letter!.id, 'an operator', 'a test')
    expect((await letters()).map((l) => l.id)).not.toContain(letter!.id)
  })
})
