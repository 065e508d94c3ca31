const [DHT, DQT, DRI] = [0xc4, 0xdb, 0xdd]
const [HEAD_BYTES, COUNTS, MAX_TABLES] = [4, 16, 4]

/** One table of a segment, or its restart interval; it is kept only if a scan uses it. */
export interface Table {
  /** The marker of its segment, and what scans call it by. */
  name: string
  bytes: Buffer
  isUsed: boolean
}

/** Undefined for a segment that no table fills to its last byte (ITU-T T.81 §B.2.4). */
export function tablesOf(segment: Buffer): Table[] | undefined {
  const [marker, tables] = [segment[1]!, new Array<Table>()]
  if (marker === DRI) return segment.length === 6 ? [tableOf('interval', segment.subarray(4))] : undefined
  for (let at = HEAD_BYTES; at < segment.length;) {
    const [id, length] = [segment[at]!, marker === DQT ? quantLength(segment[at]!) : codesLength(segment, at)]
    if (!length || (id & 15) >= MAX_TABLES || id >> 4 > 1 || at + length > segment.length) return undefined
    const bytes = segment.subarray(at, at + length)
    if (marker === DHT && !isDistinct(bytes)) return undefined
    tables.push(tableOf(marker === DQT ? `quant ${id & 15}` : `codes ${id}`, bytes))
    at += length
  }
  return tables
}

export const isTable = (marker: number): boolean => [DHT, DQT, DRI].includes(marker)

const tableOf = (name: string, bytes: Buffer): Table => ({ name, bytes, isUsed: false })
const quantLength = (id: number) => 1 + 64 * (1 + (id >> 4))

function codesLength(segment: Buffer, at: number): number {
  const counts = segment.subarray(at + 1, at + 1 + COUNTS)
  return 1 + COUNTS + counts.reduce((sum, count) => sum + count, 0)
}

/** No encoder lists a symbol twice; texts repeat their letters. */
function isDistinct(table: Buffer): boolean {
  const symbols = table.subarray(1 + COUNTS)
  const most = table[0]! >> 4 === 0 ? 15 : 255
  return new Set(symbols).size === symbols.length && symbols.every((symbol) => symbol <= most)
}

/**
 * Length and symbol of the code that some bits begin with, as many as the longest code has; 0 if none does. Undefined if there are more codes
 * than bits tell apart.
 */
export function codesOf(table: Buffer): Uint16Array | undefined {
  const longest = table.subarray(1, 1 + COUNTS).findLastIndex((count) => count > 0) + 1
  const codes = new Uint16Array(1 << longest)
  let [code, at] = [0, 1 + COUNTS]
  for (let length = 1; length <= longest; length++)
    for (let n = table[length]!; n > 0; n--, at++) {
      const next = code + (1 << (longest - length))
      if (next > codes.length) return undefined
      codes.fill((length << 8) | table[at]!, code, next)
      code = next
    }
  return codes
}

/** So short a table stays in the nearest cache, and holds nearly all codes that occur. */
const QUICK_BITS = 10
/** More coefficients than a block has: it ends. */
const TO_THE_END = 64

/** Of the bits that begin at a bit. */
export const quickIndex = (view: DataView, at: number) => (view.getUint32(at >> 3) << (at & 7)) >>> (32 - QUICK_BITS)

/** For the first bits of a code, what `stepOf` says of it; 0 where they are too few. */
export function quickSteps(codes: Uint16Array): Uint16Array {
  const longest = 31 - Math.clz32(codes.length)
  return Uint16Array.from({ length: 1 << QUICK_BITS }, (_, bits) => {
    const code = codes[longest < QUICK_BITS ? bits >> (QUICK_BITS - longest) : bits << (longest - QUICK_BITS)]!
    return code >> 8 > QUICK_BITS ? 0 : stepOf(code)
  })
}

/** Of a code of a sequential scan: how many bits it takes with its value (five bits), and above them how many coefficients. */
export function stepOf(code: number): number {
  if (code === 0) return 0
  const [run, size] = [(code >> 4) & 15, code & 15]
  const coefficients = size === 0 && run < 15 ? TO_THE_END : run + 1
  return (coefficients << 5) | ((code >> 8) + size)
}
