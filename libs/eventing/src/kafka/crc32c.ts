/** CRC-32C (RFC 3720, appendix B.4) in reversed order of bits. */
const POLYNOMIAL = 0x82f63b78
const SLICES = 8
const BYTE = 256

const tables = new Int32Array(SLICES * BYTE)
for (let byte = 0; byte < BYTE; byte++) {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  tables[byte] = crc
}
for (let at = BYTE; at < tables.length; at++) {
  const before = tables[at - BYTE]!
  tables[at] = (before >>> 8) ^ tables[before & 0xff]!
}

/** Eight bytes a step (Kounavis, Berry: “Novel Table Lookup-Based Algorithms for High-Performance CRC Generation”, 2008). */
export function crc32c(bytes: Buffer, from: number, to: number): number {
  let [crc, at] = [-1, from]
  for (; at + SLICES <= to; at += SLICES) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc =
      tables[1792 + (crc & 0xff)]! ^
      tables[1536 + ((crc >>> 8) & 0xff)]! ^
      tables[1280 + ((crc >>> 16) & 0xff)]! ^
      tables[1024 + (crc >>> 24)]! ^
      tables[768 + bytes[at + 4]!]! ^
      tables[512 + bytes[at + 5]!]! ^
      tables[256 + bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!
  }
  for (; at < to; at++) crc = tables[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8)
  return ~crc >>> 0
}
