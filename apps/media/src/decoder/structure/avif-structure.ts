import { blankStructure, enlarge, type Structure } from './structure.js'

/** Boxes that hold the sizes of the pictures, with the bytes before their first box (ISO 23008-12 §9). */
const HOLDERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 }
const MOST_DEEP = 8
const SEQUENCES = ['avis', 'msf1', 'hevc', 'hevx']

/** Box by box (ISO 14496-12 §4.2). */
export function avifStructure(file: Buffer, mostParts: number): Structure {
  const found = blankStructure()
  readBoxes(file, [0, file.length], { found, mostParts, depth: 0 })
  return found
}

type Reading = { found: Structure; mostParts: number; depth: number }

function readBoxes(file: Buffer, [from, to]: [number, number], reading: Reading): void {
  const { found, mostParts, depth } = reading
  if (depth > MOST_DEEP) found.parts = mostParts + 1
  for (let at = from; at + 8 <= to && found.parts <= mostParts;) {
    const { data, end } = extentOf(file, at, to)
    const type = file.toString('latin1', at + 4, at + 8)
    found.parts += 1
    if (type === 'ftyp' && SEQUENCES.includes(file.toString('latin1', data, data + 4))) found.animated = true
    if (type === 'ispe' && data + 12 <= end) enlarge(found, file.readUInt32BE(data + 4), file.readUInt32BE(data + 8))
    const before = HOLDERS[type]
    if (before !== undefined) readBoxes(file, [data + before, end], { found, mostParts, depth: depth + 1 })
    at = end
  }
}

/** A length of 1: it follows in 64 bits; of 0: to the end. */
function extentOf(file: Buffer, at: number, to: number): { data: number; end: number } {
  const length = file.readUInt32BE(at)
  if (length === 1 && at + 16 <= to) return { data: at + 16, end: within(at, Number(file.readBigUInt64BE(at + 8)), to) }
  return { data: at + 8, end: length === 0 ? to : within(at, length, to) }
}

const within = (at: number, length: number, to: number) => Math.min(to, at + Math.max(8, length))
