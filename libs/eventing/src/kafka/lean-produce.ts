import Encoder from 'kafkajs/src/protocol/encoder.js'
import produce, { type ProduceOptions } from 'kafkajs/src/protocol/requests/produce/index.js'
import { ByteWriter } from './byte-writer.js'
import { writeBatch } from './record-batch.js'

/** kafkajs 2.2.4 makes a buffer for each record and for each of its headers, and copies all of them six times. The request is the same. */
const FIRST_WITH_BATCHES = 3
const UNCOMPRESSED = 0
const NOBODY = { value: -1n }

function encode(options: ProduceOptions): Encoder {
  const { transactionalId = null, producerId = NOBODY, producerEpoch = 0, acks, timeout, topicData } = options
  const [writer, now] = [new ByteWriter(), Date.now()]
  const producer = { producerId: bigintOf(producerId), producerEpoch, transactional: Boolean(transactionalId) }
  writer.string(transactionalId)
  writer.int16(acks)
  writer.int32(timeout)
  writer.int32(topicData.length)
  for (const { topic, partitions } of topicData) {
    writer.string(topic)
    writer.int32(partitions.length)
    for (const { partition, firstSequence = 0, messages } of partitions) {
      writer.int32(partition)
      writeBatch(writer, messages, { ...producer, firstSequence }, now)
    }
  }
  return Object.assign(new Encoder(0), { buf: writer.bytes, offset: writer.end })
}

const bigintOf = (value: NonNullable<ProduceOptions['producerId']>): bigint =>
  typeof value === 'object' ? value.value : BigInt(value)

const protocol = Reflect.get<typeof produce, 'protocol'>(produce, 'protocol')

const encoding = (options: ProduceOptions) => () => Promise.resolve(encode(options))

/**
 * V8 puts a function that is written down as a property of an object where only its rare collections look, and keeps what it uses as
 * long. Those that kafkajs makes for each request are therefore given no records.
 */
produce.protocol = ({ version }) => {
  const original = protocol({ version })
  return (options) => {
    const isPlain = (options.compression ?? UNCOMPRESSED) === UNCOMPRESSED
    if (version < FIRST_WITH_BATCHES || !isPlain) return original(options)
    const made = original({ ...options, topicData: [] })
    made.request.encode = encoding(options)
    return made
  }
}
