import type { Message } from 'kafkajs'
import type { Bytes, ByteWriter } from './byte-writer.js'
import { crc32c } from './crc32c.js'

/** What an idempotent producer says of itself; absent of another. */
export interface ProducedBy {
  transactional: boolean
  producerId: bigint
  producerEpoch: number
  firstSequence: number
}

const FORMAT = 2
const TRANSACTIONAL = 16

/** The length of a batch stands before it, after the offset that the broker gives it. */
const LENGTH_AT = 8
const CRC_AT = 17
const CRC_BYTES = 4

/** Writes a batch of records (Kafka’s format 2) with its size before it, as kafkajs does: the same bytes. */
export function writeBatch(writer: ByteWriter, messages: readonly Message[], by: ProducedBy, now: number): void {
  const times = messages.map(({ timestamp }) => timestamp).filter((time) => time !== undefined && time !== null)
  const [first, last] = times.length > 0 ? endsOf(times) : [now, now]
  writer.int32(0)
  const begin = writer.end
  writeHead(writer, by, messages.length, [first, last])
  messages.forEach((message, i) => writeRecord(writer, message, i, Number(message.timestamp || now) - first))
  const { room, end } = writer
  room.writeInt32BE(end - begin, begin - 4)
  room.writeInt32BE(end - begin - LENGTH_AT - 4, begin + LENGTH_AT)
  room.writeUInt32BE(crc32c(room, begin + CRC_AT + CRC_BYTES, end), begin + CRC_AT)
}

/** As kafkajs finds them: in the order of texts. */
function endsOf(times: readonly string[]): [number, number] {
  let [first, last] = [times[0]!, times[0]!]
  for (const time of times) {
    if (time < first) first = time
    if (time > last) last = time
  }
  return [Number(first), Number(last)]
}

function writeHead(writer: ByteWriter, by: ProducedBy, count: number, times: readonly [number, number]): void {
  writer.int64(0n)
  writer.int32(0)
  writer.int32(0)
  writer.int8(FORMAT)
  writer.int32(0)
  writer.int16(by.transactional ? TRANSACTIONAL : 0)
  writer.int32(count - 1)
  for (const time of times) writer.int64(BigInt(time))
  writer.int64(by.producerId)
  writer.int16(by.producerEpoch)
  writer.int32(by.firstSequence)
  writer.int32(count)
}

function writeRecord(writer: ByteWriter, { key, value, headers = {} }: Message, offset: number, time: number): void {
  assertBytes(key ?? null, 'the key')
  assertBytes(value, 'the value')
  const begin = writer.beginMeasured()
  writer.int8(0)
  writer.varInt(time)
  writer.varInt(offset)
  writer.field(key)
  writer.field(value)
  writeHeaders(writer, headers)
  writer.endMeasured(begin)
}

function writeHeaders(writer: ByteWriter, headers: NonNullable<Message['headers']>): void {
  let count = 0
  for (const name in headers) count += countOf(headers[name])
  writer.varInt(count)
  for (const name in headers) {
    const values = headers[name]
    if (Array.isArray(values)) for (const value of values) writeHeader(writer, name, value)
    else writeHeader(writer, name, values)
  }
}

function writeHeader(writer: ByteWriter, name: string, value: Bytes): void {
  assertBytes(value, 'the header', name)
  writer.field(name)
  writer.field(value)
}

/** kafkajs refuses these, too: what is missing by mistake must not be published as nothing. */
function assertBytes(value: unknown, ...what: string[]): void {
  if (typeof value !== 'string' && value !== null && !Buffer.isBuffer(value))
    throw new TypeError(`${what.join(' ')} of a record is ${typeof value}: it must be text, bytes or null`)
}

type Values = NonNullable<Message['headers']>[string]
const countOf = (values: Values): number => (Array.isArray(values) ? values.length : 1)
