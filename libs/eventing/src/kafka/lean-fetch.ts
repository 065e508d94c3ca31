import Decoder from 'kafkajs/src/protocol/decoder.js'
import fetch, { type Fetched, type FetchedPartition } from 'kafkajs/src/protocol/requests/fetch/index.js'
import { fetchedBatches } from './fetched-batches.js'

/** kafkajs 2.2.4 copies the headers of a record once for each, and counts in BigInts. Whatever is compressed it still reads itself. */
const NEWEST = 11

/** Fetch Response, version 11; undefined where kafkajs has to read it. */
function decode(bytes: Buffer): Fetched | undefined {
  const decoder = new Decoder(bytes)
  const clientSideThrottleTime = decoder.readInt32()
  const [errorCode, sessionId] = [decoder.readInt16(), decoder.readInt32()]
  const responses = decoder.readArray(() => ({
    topicName: decoder.readString(),
    partitions: decoder.readArray(() => partition(decoder)),
  }))
  const isWhole = responses.every(({ partitions }) => partitions.every(({ messages }) => messages !== undefined))
  // the broker has not waited: kafkajs is to do so
  return isWhole ? { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses } : undefined
}

function partition(decoder: Decoder): FetchedPartition {
  return {
    partition: decoder.readInt32(),
    errorCode: decoder.readInt16(),
    highWatermark: String(decoder.readInt64()),
    lastStableOffset: String(decoder.readInt64()),
    lastStartOffset: String(decoder.readInt64()),
    abortedTransactions: decoder.readArray(() => ({
      producerId: String(decoder.readInt64()),
      firstOffset: String(decoder.readInt64()),
    })),
    preferredReadReplica: decoder.readInt32(),
    messages: fetchedBatches(decoder.readBytes() ?? Buffer.alloc(0)),
  }
}

const protocol = Reflect.get<typeof fetch, 'protocol'>(fetch, 'protocol')

fetch.protocol = ({ version }) => {
  const original = protocol({ version })
  if (version !== NEWEST) return original
  return (options) => {
    const made = original(options)
    const { response } = made
    return { ...made, response: { ...response, decode: async (bytes) => decode(bytes) ?? response.decode(bytes) } }
  }
}
