import { blankStructure, enlarge, type Structure } from './structure.js'

/** Boxes that hold the properties of the pictures, with the bytes before their first box (ISO 23008-12 §9). */
const HOLDERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 }
const MAX_DEPTH = 8
const MAX_SIBLINGS = 10_000
const SEQUENCES = ['avis', 'msf1', 'hevc', 'hevx']
const FIRST_BRAND = 8

/** Box by box (ISO 14496-12 §4.2). */
export function avifStructure(file: Buffer, mostParts: number): Structure {
  const found = blankStructure()
  for (const { type, depth, content } of boxesIn(file)) {
    found.parts += 1
    if (depth > MAX_DEPTH) found.parts = mostParts + 1
    if (found.parts > mostParts) break
    if (type === 'ftyp' && SEQUENCES.includes(content.toString('latin1', 0, 4))) found.animated = true
    if (type === 'moov') found.animated = true
    if (type === 'ispe' && content.length >= 12) enlarge(found, content.readUInt32BE(4), content.readUInt32BE(8))
  }
  return found
}

/** The kinds of file that it says it is, the first and others. */
export function brandsOf(file: Buffer): string[] {
  const [first] = boxesIn(file.subarray(0, file.length >= 4 ? file.readUInt32BE(0) : 0))
  if (first?.type !== 'ftyp') return []
  const { content } = first
  const others = Array.from({ length: Math.max(0, content.length - FIRST_BRAND) >> 2 }, (_, n) => FIRST_BRAND + 4 * n)
  return [0, ...others].map((at) => content.toString('latin1', at, at + 4))
}

/** Of a box whose head is all there is to read yet. */
export function boxAt(head: Buffer): { type: string; length: number } {
  if (head.length < 8) return { type: '', length: Infinity }
  const [length, type] = [head.readUInt32BE(0), head.toString('latin1', 4, 8)]
  if (length === 1 && head.length >= 16) return { type, length: Math.max(16, Number(head.readBigUInt64BE(8))) }
  return { type, length: length === 0 ? Infinity : Math.max(8, length) }
}

/** The boxes side by side that begin a content. */
export function* boxesOf(content: Buffer): Generator<Box> {
  let boxes = 0
  for (const box of boxesIn(content, MAX_DEPTH + 1)) {
    if (++boxes > MAX_SIBLINGS) break
    yield box
  }
}

interface Box {
  type: string
  depth: number
  content: Buffer
}

function* boxesIn(file: Buffer, depth = 0): Generator<Box> {
  for (let at = 0; at + 8 <= file.length;) {
    const { data, end } = extentOf(file, at)
    const box = { type: file.toString('latin1', at + 4, at + 8), depth, content: file.subarray(data, end) }
    yield box
    const before = HOLDERS[box.type]
    if (before !== undefined && depth <= MAX_DEPTH) yield* boxesIn(box.content.subarray(before), depth + 1)
    at = end
  }
}

/** A length of 1: it follows in 64 bits; of 0: to the end. */
function extentOf(file: Buffer, at: number): { data: number; end: number } {
  const length = file.readUInt32BE(at)
  if (length === 1 && at + 16 <= file.length)
    return { data: at + 16, end: within(file, at, Number(file.readBigUInt64BE(at + 8))) }
  return { data: at + 8, end: length === 0 ? file.length : within(file, at, length) }
}

const within = (file: Buffer, at: number, length: number) => Math.min(file.length, at + Math.max(8, length))
