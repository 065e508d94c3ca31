import fc from 'fast-check'
import type { Message } from 'kafkajs'
import produce, { type ProduceOptions } from 'kafkajs/src/protocol/requests/produce/index.js'
import { runs } from '../../test/model/runs.js'

const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ minLength: 400, maxLength: 2_000, unit: 'grapheme' }),
  fc.constantFrom('x'.repeat(63), 'x'.repeat(64), 'ü', '\ud800'),
)
const bytes = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)),
)
const nothing = fc.constant(null)
const message = fc.record(
  {
    key: fc.oneof(nothing, bytes),
    value: fc.oneof(nothing, bytes),
    headers: fc.dictionary(fc.string({ maxLength: 70 }), fc.oneof(bytes, fc.array(bytes, { maxLength: 3 })), {
      maxKeys: 9,
    }),
    timestamp: fc.integer({ min: 1_000_000_000_000, max: 9_000_000_000_000 }).map(String),
  },
  { requiredKeys: ['value'] },
)
const partition = fc.record(
  { partition: fc.nat(50), firstSequence: fc.nat(), messages: fc.array(message, { minLength: 1, maxLength: 20 }) },
  { requiredKeys: ['partition', 'messages'] },
)
const topic = fc.record({ topic: fc.string({ maxLength: 40 }), partitions: fc.array(partition, { maxLength: 4 }) })
const requests = fc.record(
  {
    ...{ acks: fc.constantFrom(-1, 0, 1), timeout: fc.nat(), topicData: fc.array(topic, { maxLength: 3 }) },
    ...{ transactionalId: fc.oneof(nothing, text), producerId: fc.bigInt(0n, 2n ** 62n).map(String) },
    producerEpoch: fc.nat(1_000),
  },
  { requiredKeys: ['acks', 'timeout', 'topicData'] },
)

/** What kafkajs's own functions were given. */
const seen: ProduceOptions[] = []
const protocol = Reflect.get<typeof produce, 'protocol'>(produce, 'protocol')
produce.protocol = (version) => (options) => {
  seen.push(options)
  return protocol(version)(options)
}

describe("kafkajs's request to produce, made lean", () => {
  const { numRuns, ...from } = runs(200)
  const some: ProduceOptions[] = fc.sample(requests, { ...from, numRuns: numRuns! })
  const large = Array.from({ length: 1_000 }, (_, n) => ({ key: `${n}`, value: 'é'.repeat(n) }))
  some.push({ acks: -1, timeout: 0, topicData: [{ topic: 't', partitions: [{ partition: 0, messages: large }] }] })

  const encoded = async (options: ProduceOptions, version: number) => {
    const { request } = produce.protocol({ version })(options)
    return (await request.encode()).buffer.toString('base64')
  }
  const all = () => Promise.all(some.flatMap((options) => [3, 7].map((version) => encoded(options, version))))

  beforeAll(() => jest.useFakeTimers({ now: 1_764_412_345_678, doNotFake: ['nextTick', 'queueMicrotask'] }))
  afterAll(() => jest.useRealTimers())

  it('is the same, byte for byte, without a buffer for each header', async () => {
    const before = await all()
    const { encode } = produce.protocol({ version: 7 })(some[0]!).request
    await import('./lean-produce.js')
    expect(String(produce.protocol({ version: 7 })(some[0]!).request.encode)).not.toBe(String(encode))
    expect(await all()).toEqual(before)
  })

  const ofRecord = (record: unknown) =>
    encoded(
      {
        acks: -1,
        timeout: 0,
        topicData: [{ topic: 't', partitions: [{ partition: 0, messages: [record as Message] }] }],
      },
      7,
    )
  const headed = (value: unknown) => ({ value: 'x', headers: { fine: 'text', odd: value } })

  it.each([
    ['a header that is undefined', headed(undefined), 'the header odd of a record is undefined'],
    ['a header with undefined in it', headed(['text', undefined]), 'the header odd of a record is undefined'],
    ['a number as header', headed(7), 'the header odd of a record is number'],
    ['bytes that are no buffer', headed(new Uint8Array(2)), 'the header odd of a record is object'],
    ['a number as key', { key: 7, value: 'x' }, 'the key of a record is number'],
    ['a number as value', { value: 7 }, 'the value of a record is number'],
    ['no value', {}, 'the value of a record is undefined'],
  ])('refuses %s by its name', async (_, record, refusal) => {
    await import('./lean-produce.js')
    const refused: unknown = await ofRecord(record).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(TypeError)
    expect(refused).toMatchObject({ message: `${refusal}: it must be text, bytes or null` })
  })

  it("gives its records to none of kafkajs's functions, which outlive the request", async () => {
    await import('./lean-produce.js')
    const asked = seen.length
    await encoded(some.at(-1)!, 7)
    expect(seen.slice(asked).map(({ topicData }) => topicData)).toEqual([[]])
  })

  it('takes a header that is null, and no key', async () => {
    await import('./lean-produce.js')
    const [withNull, withText] = [await ofRecord(headed(null)), await ofRecord(headed('some text'))]
    expect(withNull.length).toBeLessThan(withText.length)
    expect(await ofRecord({ key: undefined, value: 'x' })).toBe(await ofRecord({ key: null, value: 'x' }))
  })
})
