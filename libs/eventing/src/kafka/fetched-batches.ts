import type { BatchContext, FetchedRecord } from './record-in-place.js'
import { RecordReader } from './record-reader.js'

/** Where the parts of a batch of format 2 are. */
const LENGTH_AT = 8
const BEGIN = 12
const FORMAT_AT = 16
const ATTRIBUTES_AT = 21
const LAST_OFFSET_AT = 23
const FIRST_TIME_AT = 27
const LAST_TIME_AT = 35
const PRODUCER_AT = 43
const COUNT_AT = 57
const HEAD = 61

const FORMAT = 2
const COMPRESSED = 0x07
const TIME_OF_LOG = 0x08
const TRANSACTIONAL = 0x10
const CONTROL = 0x20

/** The records of a partition’s bytes, of which the last batch may be cut off. Undefined where one is compressed, or older. */
export function fetchedBatches(bytes: Buffer): FetchedRecord[] | undefined {
  const [records, reader]: [FetchedRecord[], RecordReader] = [[], new RecordReader(bytes)]
  let last: number | undefined
  for (let at = 0; at + FORMAT_AT < bytes.length;) {
    if (bytes[at + FORMAT_AT] !== FORMAT) return undefined
    const end = at + BEGIN + bytes.readInt32BE(at + LENGTH_AT)
    if (end > bytes.length) break
    if (bytes.readInt16BE(at + ATTRIBUTES_AT) & COMPRESSED) return undefined
    readBatch(bytes, at, reader, records)
    ;[last, at] = [at, end]
  }
  if (last !== undefined) markEnd(bytes, last, records)
  return records
}

/**
 * Compaction takes records and leaves their batch, whose end they no longer tell. kafkajs gives control records to nobody and moves
 * on behind them; without one it would fetch such a batch for ever.
 */
function markEnd(bytes: Buffer, at: number, records: FetchedRecord[]): void {
  const context = contextOf(bytes, at)
  const offset = Number(context.firstOffset) + bytes.readInt32BE(at + LAST_OFFSET_AT)
  if (Number(records.at(-1)?.offset ?? -1) >= offset) return
  const nothing = { key: null, value: null, headers: {}, timestamp: context.maxTimestamp }
  records.push({ ...nothing, offset: String(offset), isControlRecord: true, batchContext: context })
}

function contextOf(bytes: Buffer, at: number): BatchContext {
  const attributes = bytes.readInt16BE(at + ATTRIBUTES_AT)
  const number = (from: number) => bytes.readBigInt64BE(at + from)
  return {
    firstOffset: String(number(0)),
    firstTimestamp: String(number(FIRST_TIME_AT)),
    maxTimestamp: String(number(LAST_TIME_AT)),
    producerId: String(number(PRODUCER_AT)),
    inTransaction: (attributes & TRANSACTIONAL) > 0,
    isControlBatch: (attributes & CONTROL) > 0,
  }
}

function readBatch(bytes: Buffer, at: number, reader: RecordReader, records: FetchedRecord[]): void {
  const context = contextOf(bytes, at)
  const isOfLog = (bytes.readInt16BE(at + ATTRIBUTES_AT) & TIME_OF_LOG) > 0
  const time = Number(isOfLog ? context.maxTimestamp : context.firstTimestamp)
  const begin = { offset: Number(context.firstOffset), time, isOfLog }
  reader.seek(at + HEAD)
  for (let left = bytes.readInt32BE(at + COUNT_AT); left > 0; left--) records.push(reader.record(context, begin))
}
