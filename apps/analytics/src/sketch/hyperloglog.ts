/**
 * HyperLogLog: how many distinct values were added, in at most 4 KiB, without keeping any of them.
 *
 * - Flajolet, Fusy, Gandouet, Meunier: "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm" (2007):
 *   registers, standard error 1.04 / √m.
 * - Heule, Nunkesser, Hall: "HyperLogLog in Practice" (2013): 64-bit hashes, and a sparse form for small sets.
 * - Ertl: "New cardinality estimation algorithms for HyperLogLog sketches" (2017, arXiv:1702.01284), algorithm 6: one
 *   estimator for small and large sets, without the bias tables of Heule et al.
 */
const PRECISION = 12
const REGISTERS = 1 << PRECISION // 4096: standard error 1.6 %
const RANK_BITS = 64 - PRECISION
const ALPHA = 1 / (2 * Math.LN2)

const SPARSE = 1
const DENSE = 2
const ENTRY = 3 // two bytes of index, one of rank

const PLACE_BITS = 6

/**
 * All that a sketch takes of a hash of at least 8 bytes, evenly spread: a register and its rank, which thousands of values share. A hash is
 * Latin-1, a letter for each byte: a text of Node costs less than a buffer.
 */
export function placeOf(hash: string): number {
  const high = wordAt(hash, 0)
  const rank = rankOf((high << PRECISION) >>> 0, wordAt(hash, 4))
  return ((high >>> (32 - PRECISION)) << PLACE_BITS) | rank
}

const byteAt = (text: string, at: number): number => text.charCodeAt(at)
const wordAt = (text: string, at: number): number =>
  ((byteAt(text, at) << 24) | (byteAt(text, at + 1) << 16) | (byteAt(text, at + 2) << 8) | byteAt(text, at + 3)) >>> 0

export class HyperLogLog {
  private constructor(private readonly registers: Uint8Array) {}

  static empty(): HyperLogLog {
    return new HyperLogLog(new Uint8Array(REGISTERS))
  }

  static fromBytes(bytes: Uint8Array): HyperLogLog {
    if (bytes.length === 0) return HyperLogLog.empty()
    if (isSparse(bytes)) return new HyperLogLog(readSparse(bytes))
    if (isDense(bytes)) return new HyperLogLog(denseOf(bytes))
    throw new RangeError(`not a sketch: form ${bytes[0]}, ${bytes.length} bytes`)
  }

  /** False when it changes nothing. */
  addPlace(place: number): boolean {
    const [index, rank] = [place >>> PLACE_BITS, place & (2 ** PLACE_BITS - 1)]
    if (rank <= this.registers[index]!) return false
    this.registers[index] = rank
    return true
  }

  merge(other: HyperLogLog): this {
    takeGreater(this.registers, other.registers)
    return this
  }

  /** As it is stored. */
  mergeBytes(bytes: Uint8Array): this {
    if (!isSparse(bytes)) return this.merge(HyperLogLog.fromBytes(bytes))
    forSparse(bytes, (index, rank) => {
      if (rank > this.registers[index]!) this.registers[index] = rank
    })
    return this
  }

  /** Whole number; 0 only for an empty sketch. */
  estimate(): number {
    const histogram = new Uint32Array(RANK_BITS + 2)
    for (let index = 0; index < REGISTERS; index++) histogram[this.registers[index]!]!++
    let z = REGISTERS * tau(1 - histogram[RANK_BITS + 1]! / REGISTERS)
    for (let rank = RANK_BITS; rank >= 1; rank--) z = 0.5 * (z + histogram[rank]!)
    z += REGISTERS * sigma(histogram[0]! / REGISTERS)
    return Math.round((ALPHA * REGISTERS * REGISTERS) / z)
  }

  /** The shorter of two forms: the registers that are not zero, or all of them. Empty for an empty sketch. */
  toBytes(): Uint8Array {
    let used = 0
    for (let index = 0; index < REGISTERS; index++) if (this.registers[index]! > 0) used++
    if (used === 0) return new Uint8Array()
    if (used * ENTRY < REGISTERS) return writeSparse(this.registers, used)
    const bytes = new Uint8Array(1 + REGISTERS)
    bytes[0] = DENSE
    bytes.set(this.registers, 1)
    return bytes
  }
}

const isSparse = (bytes: Uint8Array): boolean => bytes[0] === SPARSE && bytes.length % ENTRY === 1
const isDense = (bytes: Uint8Array): boolean => bytes[0] === DENSE && bytes.length === 1 + REGISTERS

/** A copy of its own, which begins where words can. */
function denseOf(bytes: Uint8Array): Uint8Array {
  const registers = new Uint8Array(REGISTERS)
  registers.set(bytes.subarray(1))
  return registers
}

const TOPS = 0x80808080

/**
 * The greater one of each two registers, four at a time and without a branch, which no processor could foretell. No rank reaches the
 * top bit of its byte: there the difference shows whether the first is at least as great.
 */
function takeGreater(registers: Uint8Array, others: Uint8Array): void {
  const [mine, theirs] = [wordsOf(registers), wordsOf(others)]
  for (let index = 0; index < mine.length; index++) {
    const a = mine[index]!
    const b = theirs[index]!
    const tops = ((a | TOPS) - b) & TOPS
    const isAtLeast = tops | (tops - (tops >>> 7))
    mine[index] = (a & isAtLeast) | (b & ~isAtLeast)
  }
}

const wordsOf = ({ buffer, byteOffset }: Uint8Array): Uint32Array => new Uint32Array(buffer, byteOffset, REGISTERS / 4)

/** Position of the first 1 in the 52 bits after the index: the 20 at the top of `high`, then the 32 of `low`. */
function rankOf(high: number, low: number): number {
  if (high !== 0) return Math.clz32(high) + 1
  return 32 - PRECISION + Math.clz32(low) + 1
}

function readSparse(bytes: Uint8Array): Uint8Array {
  const registers = new Uint8Array(REGISTERS)
  forSparse(bytes, (index, rank) => (registers[index] = rank))
  return registers
}

function forSparse(bytes: Uint8Array, take: (index: number, rank: number) => void): void {
  for (let at = 1; at < bytes.length; at += ENTRY) take((bytes[at]! << 8) | bytes[at + 1]!, bytes[at + 2]!)
}

function writeSparse(registers: Uint8Array, used: number): Uint8Array {
  const bytes = new Uint8Array(1 + used * ENTRY)
  bytes[0] = SPARSE
  let at = 1
  for (let index = 0; index < REGISTERS; index++) {
    if (registers[index] === 0) continue
    bytes[at++] = index >> 8
    bytes[at++] = index & 0xff
    bytes[at++] = registers[index]!
  }
  return bytes
}

function sigma(share: number): number {
  if (share === 1) return Infinity
  let [x, y, z, before] = [share, 1, share, NaN]
  while (z !== before) {
    x *= x
    before = z
    z += x * y
    y += y
  }
  return z
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0
  let [x, y, z, before] = [share, 1, 1 - share, NaN]
  while (z !== before) {
    x = Math.sqrt(x)
    before = z
    y *= 0.5
    z -= (1 - x) ** 2 * y
  }
  return z / 3
}
