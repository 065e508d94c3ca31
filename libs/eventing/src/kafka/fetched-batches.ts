import { type BatchContext, type FetchedRecord, RecordReader } from './record-reader.js'

/** Where the parts of a batch of format 2 are. */
const LENGTH_AT = 8
const BEGIN = 12
const FORMAT_AT = 16
const ATTRIBUTES_AT = 21
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
  for (let at = 0; at + HEAD <= bytes.length;) {
    const end = at + BEGIN + bytes.readInt32BE(at + LENGTH_AT)
    if (end > bytes.length) break
    if (bytes[at + FORMAT_AT] !== FORMAT || bytes.readInt16BE(at + ATTRIBUTES_AT) & COMPRESSED) return undefined
    readBatch(bytes, at, reader, records)
    at = end
  }
  return records
}

function readBatch(bytes: Buffer, at: number, reader: RecordReader, records: FetchedRecord[]): void {
  const attributes = bytes.readInt16BE(at + ATTRIBUTES_AT)
  const number = (from: number) => bytes.readBigInt64BE(at + from)
  const context: BatchContext = {
    firstOffset: String(number(0)),
    firstTimestamp: String(number(FIRST_TIME_AT)),
    maxTimestamp: String(number(LAST_TIME_AT)),
    producerId: String(number(PRODUCER_AT)),
    inTransaction: (attributes & TRANSACTIONAL) > 0,
    isControlBatch: (attributes & CONTROL) > 0,
  }
  const first = { offset: Number(context.firstOffset), time: Number(context.firstTimestamp) }
  reader.seek(at + HEAD)
  for (let left = bytes.readInt32BE(at + COUNT_AT); left > 0; left--) {
    const record = reader.record(context, first)
    if (attributes & TIME_OF_LOG) record.timestamp = context.maxTimestamp
    records.push(record)
  }
}
