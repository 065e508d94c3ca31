import type { PhotoContentType } from '../../photos/photo.js'
import { avifStructure } from './avif-structure.js'
import { jpegStructure } from './jpeg-structure.js'
import { pngStructure } from './png-structure.js'
import type { Structure } from './structure.js'
import { webpStructure } from './webp-structure.js'

export const MAX_PIXELS = 50_000_000
/** Encoders make about ten scans, the most thorough ones forty. */
const MAX_PASSES = 100
const MAX_PIXEL_PASSES = 2_000_000_000
const MAX_PACKED_BYTES = 8 * 1024 * 1024
const MEGAPIXEL = 1_000_000

interface Format {
  read: (file: Buffer, mostParts: number) => Structure
  mostParts: number
  /** Milliseconds of CPU for a megapixel, all renditions included, as measured with sharp on one core. */
  first: number
  further: number
}

const FORMATS: Record<PhotoContentType, Format> = {
  'image/jpeg': { read: jpegStructure, mostParts: 4_000, first: 15, further: 6 },
  'image/png': { read: pngStructure, mostParts: 20_000, first: 120, further: 60 },
  'image/webp': { read: webpStructure, mostParts: 1_000, first: 230, further: 0 },
  'image/avif': { read: avifStructure, mostParts: 10_000, first: 80, further: 0 },
}

export type Refusal = 'animated' | 'too-many-pixels' | 'too-complex'

export interface Judgement {
  sized: boolean
  refusal?: Refusal
  work: number
}

export const isKnown = (type: string | undefined): type is PhotoContentType => type !== undefined && type in FORMATS

/** Bounds the work of decoding before any of it is done: a small file can ask for hours. */
export function judgeStructure(type: PhotoContentType, file: Buffer): Judgement {
  const { read, mostParts, first, further } = FORMATS[type]
  const found = read(file, mostParts)
  const pixels = found.width * found.height
  const refusal = refusalOf(found, mostParts)
  const work = (pixels / MEGAPIXEL) * (first + further * (found.passes - 1))
  return { sized: pixels > 0, work, ...(refusal && { refusal }) }
}

function refusalOf(found: Structure, mostParts: number): Refusal | undefined {
  const pixels = found.width * found.height
  if (found.animated) return 'animated'
  if (pixels > MAX_PIXELS) return 'too-many-pixels'
  const tooMany = found.passes > MAX_PASSES || found.parts > mostParts || found.packed > MAX_PACKED_BYTES
  return tooMany || pixels * found.passes > MAX_PIXEL_PASSES ? 'too-complex' : undefined
}
