import { hash } from 'node:crypto'

const INDEX_BITS = 12
const RANK_BITS = 6
/** As many as ours has: a standard error of 1.6 %. */
const REGISTERS = 1 << INDEX_BITS
const ENTRY = 3
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)

/** HyperLogLog as it is stored: two bytes of index and one of rank for each register that is used, or the ranks of all where that is less. */
export type Sketch = Uint8Array

const isWhole = ({ length }: Sketch) => length === REGISTERS
const registerAt = (sketch: Sketch, at: number) => (sketch[at]! << 8) | sketch[at + 1]!

/** What a sketch takes of a browser: a register and a rank, which thousands share. Nobody without the key can tell which are its. */
export function placeOf(browserId: string, key: string): number {
  const digest = hash('sha256', `${key}:${browserId}`, 'buffer')
  const register = digest.readUInt16BE() >> (16 - INDEX_BITS)
  return (register << RANK_BITS) | (Math.clz32(digest.readUInt32BE(2)) + 1)
}

/** Returns the same sketch where the browser changes nothing. */
export function withPlace(sketch: Sketch, place: number): Sketch {
  const [register, rank] = [place >> RANK_BITS, place & ((1 << RANK_BITS) - 1)]
  return isWhole(sketch) ? ranked(sketch, register, rank) : withEntry(sketch, register, rank)
}

function withEntry(sketch: Sketch, place: number, rank: number): Sketch {
  for (let at = 0; at < sketch.length; at += ENTRY)
    if (registerAt(sketch, at) === place) return ranked(sketch, at + 2, rank)
  const entries = Uint8Array.of(...sketch, place >> 8, place & 0xff, rank)
  return entries.length < REGISTERS ? entries : wholeOf(entries)
}

function ranked(sketch: Sketch, at: number, rank: number): Sketch {
  if (sketch[at]! >= rank) return sketch
  const other = sketch.slice()
  other[at] = rank
  return other
}

function wholeOf(entries: Sketch): Sketch {
  const whole = new Uint8Array(REGISTERS)
  for (let at = 0; at < entries.length; at += ENTRY) whole[registerAt(entries, at)] = entries[at + 2]!
  return whole
}

/** Flajolet et al. (2007), which counts the empty registers where few are used. */
export function browsersIn(sketch: Sketch): number {
  const [from, step] = isWhole(sketch) ? [0, 1] : [2, ENTRY]
  let [used, sum] = [0, 0]
  for (let at = from; at < sketch.length; at += step) {
    const rank = sketch[at]!
    if (rank > 0) used++
    if (rank > 0) sum += 2 ** -rank
  }
  const empty = REGISTERS - used
  const estimate = (ALPHA * REGISTERS * REGISTERS) / (sum + empty)
  return Math.round(estimate <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : estimate)
}
