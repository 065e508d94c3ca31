import fc from 'fast-check'
import Batch from 'kafkajs/src/consumer/batch.js'
import fetch, { type Fetched } from 'kafkajs/src/protocol/requests/fetch/index.js'
import { runs } from '../../test/model/runs.js'
import { type Message, textsOf } from '../envelope/record-texts.js'
import { ByteWriter } from './byte-writer.js'
import { writeBatch } from './record-batch.js'
import type { FetchedRecord } from './record-in-place.js'

const NOW = 1_764_412_345_678
const [ATTRIBUTES_AT, LAST_OFFSET_AT, SIZE] = [21, 23, 4]
const [TIME_OF_LOG, TRANSACTIONAL, CONTROL] = [0x08, 0x10, 0x20]

const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ maxLength: 300, unit: 'grapheme' }))
const bytes = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 100 }).map((some): Buffer => Buffer.from(some)),
)
const nothing = fc.constant(null)
const said = fc.oneof({ weight: 5, arbitrary: bytes }, nothing as fc.Arbitrary<never>)
/** kafkajs finds `constructor` in each object. */
const name = fc.oneof(
  text.map((some) => `h-${some}`),
  fc.constantFrom('ce_id', 'ce_type', 'ce_subject', 'ce_sequence', 'traceparent'),
)
const message = fc.record(
  {
    ...{ key: fc.oneof(nothing, bytes), value: fc.oneof(nothing, bytes) },
    headers: fc.dictionary(name, fc.oneof(said, fc.array(said, { minLength: 1, maxLength: 3 })), { maxKeys: 9 }),
    timestamp: fc.integer({ min: 1_000_000_000_000, max: 9_000_000_000_000 }).map(String),
  },
  { requiredKeys: ['value'] },
)
const batch = fc.record({
  attributes: fc.constantFrom(0, TIME_OF_LOG, TRANSACTIONAL, CONTROL),
  offset: fc.nat(),
  messages: fc.array(message, { minLength: 1, maxLength: 20 }),
})
const partition = fc.record({ batches: fc.array(batch, { maxLength: 3 }), cutOff: fc.nat(40), aborted: fc.nat(2) })
type Partition = typeof partition extends fc.Arbitrary<infer T> ? T : never

function batchBytes({ attributes, offset, messages }: Partition['batches'][number]): Buffer {
  const writer = new ByteWriter()
  const producer = { transactional: false, producerId: 7n, producerEpoch: 0, firstSequence: 0 }
  writeBatch(writer, messages, producer, NOW)
  const written = writer.bytes.subarray(SIZE)
  written.writeBigInt64BE(BigInt(offset))
  written.writeInt16BE(attributes, ATTRIBUTES_AT)
  return written
}

/** A message of format 1, shorter than the head of a batch of format 2. */
function older(value: string): Buffer {
  const writer = new ByteWriter()
  writer.int64(7n)
  writer.int32(22 + value.length)
  writer.int32(0)
  for (const byte of [1, 0]) writer.int8(byte)
  writer.int64(BigInt(NOW))
  writer.int32(-1)
  writer.int32(value.length)
  for (const byte of Buffer.from(value)) writer.int8(byte)
  return writer.bytes
}

type Written = Partition & { bytes?: Buffer }

function writePartition(writer: ByteWriter, { batches, cutOff, aborted, bytes }: Written): void {
  writer.int32(3)
  writer.int16(0)
  for (const offset of [99n, 98n, 3n]) writer.int64(offset)
  writer.int32(aborted)
  for (let n = 0; n < 2 * aborted; n++) writer.int64(BigInt(n))
  writer.int32(-1)
  const records = bytes ?? Buffer.concat(batches.map(batchBytes))
  const kept = records.subarray(0, Math.max(0, records.length - cutOff))
  writer.int32(kept.length)
  for (const byte of kept) writer.int8((byte << 24) >> 24)
}

function responseOf(partitions: readonly Written[]): Buffer {
  const writer = new ByteWriter()
  writer.int32(5)
  writer.int16(0)
  writer.int32(9)
  writer.int32(1)
  writer.string('a.topic')
  writer.int32(partitions.length)
  for (const one of partitions) writePartition(writer, one)
  return writer.bytes
}

/** What kafkajs, and we, ask of a record. */
const partsOf = ({ offset, timestamp, key, value, headers, isControlRecord, batchContext }: FetchedRecord) => ({
  ...{ offset, timestamp, key, value, headers, isControlRecord, batchContext },
})

/** What is of use: bytes, and text of the same bytes, are one. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, part: unknown) => {
      const { type, data } = (part ?? {}) as { type?: string; data?: number[] }
      if (name === 'batchContext') {
        const { producerId, inTransaction } = part as Record<string, unknown>
        return { producerId, inTransaction }
      }
      return type === 'Buffer' ? Buffer.from(data!).toString('latin1') : part
    }),
  )

describe("kafkajs's reading of what it fetched, made lean", () => {
  const { numRuns, ...from } = runs(200)
  const some = fc.sample(fc.array(partition, { maxLength: 3 }), { ...from, numRuns: numRuns! }).map(responseOf)
  const decoded = (response: Buffer) => fetch.protocol({ version: 11 })({ topics: [] }).response.decode(response)
  const recordsOf = ({ responses }: Fetched) =>
    responses.flatMap(({ partitions }) => partitions.flatMap(({ messages }) => messages as FetchedRecord[]))
  const all = async () => {
    const fetched = await Promise.all(some.map(decoded))
    for (const { responses } of fetched)
      for (const { partitions } of responses)
        for (const each of partitions) each.messages = (each.messages as FetchedRecord[]).map(partsOf)
    return plain(fetched)
  }

  const records = (...messages: { value: string; headers: Record<string, string | Buffer> }[]) =>
    responseOf([{ batches: [{ attributes: 0, offset: 0, messages }], cutOff: 0, aborted: 0 }])
  const headersOf = async (response: Buffer) => {
    const { responses } = await decoded(response)
    return (responses[0]!.partitions[0]!.messages as { headers: object }[]).map(({ headers }) => headers)
  }

  it('finds the same records, with headers of ASCII as text and all others as bytes', async () => {
    const before = await all()
    const some = records(
      { value: 'x', headers: { same: 'text', other: 'ü', bytes: Buffer.from([1, 0x80]) } },
      { value: 'y', headers: { same: 'text', ['__proto__']: 'a' } },
    )
    const [first] = await headersOf(some)
    expect(first).toMatchObject({ same: Buffer.from('text') })
    await import('./lean-fetch.js')
    expect(await all()).toEqual(before)
    expect(await headersOf(some)).toEqual([
      { same: 'text', other: Buffer.from('ü'), bytes: Buffer.from([1, 0x80]) },
      { same: 'text', ['__proto__']: 'a' },
    ])
  })

  it('reads the texts of an event at once as it reads each of them', async () => {
    await import('./lean-fetch.js')
    const records = (await Promise.all(some.map(decoded))).flatMap(recordsOf)
    const isWhole = (record: FetchedRecord) => 'texts' in record
    expect(records.filter(isWhole).length).toBeGreaterThan(100)
    for (const record of records) expect(textsOf(record as Message)).toStrictEqual(textsOf(partsOf(record)))
    const isWanted = (type?: string | null) => type === undefined
    for (const record of records)
      expect(textsOf(record as Message, isWanted)).toStrictEqual(textsOf(partsOf(record), isWanted))
  })

  it('has nothing of what was fetched in a copy of a record, or in its JSON', async () => {
    await import('./lean-fetch.js')
    const [record] = recordsOf(await decoded(records({ value: 'of somebody', headers: { ce_id: 'a' } })))
    expect(String(record!.value)).toBe('of somebody')
    const { batchContext } = record!
    expect({ ...record! }).toEqual({ batchContext })
    expect(JSON.stringify(record)).toBe(JSON.stringify({ batchContext }))
  })

  const ofBytes = (...batches: Buffer[]) =>
    responseOf([{ batches: [], cutOff: 0, aborted: 0, bytes: Buffer.concat(batches) }])
  const partitionOf = async (response: Buffer) => (await decoded(response)).responses[0]!.partitions[0]!
  const one = (value: string) => batchBytes({ attributes: 0, offset: 0, messages: [{ value, headers: {} }] })

  it('leaves to kafkajs what is compressed', async () => {
    await import('./lean-fetch.js')
    const compressed = one('x')
    compressed.writeInt16BE(0x01, ATTRIBUTES_AT)
    await expect(decoded(ofBytes(one('y'), compressed))).rejects.toThrow(/header check|gzip|zlib/i)
  })

  it('leaves to kafkajs what is older, however short', async () => {
    await import('./lean-fetch.js')
    const { messages } = await partitionOf(ofBytes(older('x')))
    expect(messages).toMatchObject([{ offset: '7', value: Buffer.from('x') }])
  })

  it.each([
    ['all records', [], []],
    ['its last records', ['a', 'b'], ['a', 'b']],
  ])('moves on behind a batch from which compaction took %s', async (_, values, given) => {
    await import('./lean-fetch.js')
    const messages = values.map((value) => ({ value, headers: {} }))
    const compacted = batchBytes({ attributes: 0, offset: 40, messages })
    compacted.writeInt32BE(9, LAST_OFFSET_AT)
    const data = await partitionOf(ofBytes(one('before'), compacted))
    const batch = new Batch('a.topic', '40', data)
    expect(batch.messages.map(({ value }) => String(value))).toEqual(given)
    expect(batch.isEmptyDueToFiltering()).toBe(given.length === 0)
    expect(batch.lastOffset()).toBe('49')
    expect(new Batch('a.topic', '45', data).lastOffset()).toBe('49')
  })
})
