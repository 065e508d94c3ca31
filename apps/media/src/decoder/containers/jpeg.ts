import { endOfSegment, isFrame, isRestart, nextMarker } from '../structure/jpeg-structure.js'

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda]
const [APP0, APP1, APP2, APP14] = [0xe0, 0xe1, 0xe2, 0xee]
/** Quantisation, number of lines, restart interval. */
const TABLES = [0xdb, 0xdc, 0xdd]
const TEM = 0x01

/** What decoding needs of a JPEG (ITU-T T.81 annex B), and nothing else of it. */
export interface Jpeg {
  /** JFIF and Adobe's segment say how colours are coded; decoders need no more of either. */
  isJfif: boolean
  adobe?: number
  /** Tables, frames and scans, bit for bit. */
  parts: Buffer[]
  /** The scans hold every coefficient to its last bit. */
  isComplete: boolean
  hasEnd: boolean
}

/** Undefined for a structure that no decoder takes. */
export function readJpeg(file: Buffer): Jpeg | undefined {
  if (file[0] !== 0xff || file[1] !== SOI) return undefined
  const jpeg: Jpeg = { isJfif: false, parts: [], isComplete: false, hasEnd: false }
  const scans = new Scans()
  for (let at = nextMarker(file, 2); at < file.length; at = nextMarker(file, at)) {
    const marker = file[at + 1]!
    if (marker === SOI) return undefined
    if (marker === EOI) return { ...jpeg, hasEnd: true, isComplete: scans.areComplete }
    const end = isRestart(marker) || marker === TEM ? at + 2 : endOf(file, at, marker)
    if (end > file.length) break
    if (end > at + 2) readSegment(jpeg, scans, file.subarray(at, end))
    at = end
  }
  return scans.some ? { ...jpeg, isComplete: scans.areComplete } : undefined
}

const endOf = (file: Buffer, at: number, marker: number): number =>
  marker === SOS ? endOfScan(file, endOfSegment(file, at)) : endOfSegment(file, at)

/** A scan's data goes on to the next marker that is no restart. */
function endOfScan(file: Buffer, from: number): number {
  if (from > file.length) return from
  let at = nextMarker(file, from)
  while (at < file.length && isRestart(file[at + 1]!)) at = nextMarker(file, at + 2)
  if (at === file.length) while (file[at - 1] === 0xff) at -= 1
  return at
}

function readSegment(jpeg: Jpeg, scans: Scans, segment: Buffer): void {
  const marker = segment[1]!
  if (isFrame(marker)) scans.begin(segment)
  if (marker === SOS) scans.add(segment)
  if (isNeeded(marker)) jpeg.parts.push(segment)
  else if (!scans.some) readColourCoding(jpeg, marker, segment)
}

const isNeeded = (marker: number) => (marker >= 0xc0 && marker <= 0xcf) || marker === SOS || TABLES.includes(marker)

/** As libjpeg reads them, whatever stands behind (`jdmarker.c`). */
function readColourCoding(jpeg: Jpeg, marker: number, segment: Buffer): void {
  const says = (name: string) => segment.toString('latin1', 4, 4 + name.length) === name
  if (marker === APP0 && segment.length >= 18 && says('JFIF\0')) jpeg.isJfif = true
  if (marker === APP14 && segment.length >= 16 && says('Adobe')) jpeg.adobe = segment[15] === 0 ? 0 : 1
}

/** How far the scans refine each coefficient of each component (ITU-T T.81 §G.1.1.1). */
class Scans {
  private readonly missing = new Map<number, Uint8Array>()
  some = false

  get areComplete(): boolean {
    return this.missing.size > 0 && [...this.missing.values()].every((bits) => bits.every((bit) => bit === 0))
  }

  begin(frame: Buffer): void {
    const components = frame[9] ?? 0
    for (let n = 0; n < components; n++) this.missing.set(frame[10 + 3 * n] ?? 0, new Uint8Array(64).fill(255))
  }

  add(scan: Buffer): void {
    this.some = true
    const components = scan[4] ?? 0
    const [from = 0, to = 63, bits = 0] = scan.subarray(5 + 2 * components)
    for (let n = 0; n < components; n++) this.missing.get(scan[5 + 2 * n] ?? 0)?.fill(bits & 15, from, to + 1)
  }
}

/** The same pixels, bit for bit, between segments of ours. */
export function writeJpeg({ isJfif, adobe, parts }: Jpeg, orientation: number, profile: Buffer | undefined): Buffer {
  const ours = [
    Buffer.from([0xff, SOI]),
    ...(isJfif ? [segment(APP0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0')] : []),
    ...(orientation === 1 ? [] : [segment(APP1, `Exif\0\0${exifOf(orientation)}`)]),
    ...(profile ? [segment(APP2, `ICC_PROFILE\0\x01\x01${profile.toString('latin1')}`)] : []),
    ...(adobe === undefined || isJfif ? [] : [segment(APP14, `Adobe\0\x64\0\0\0\0${String.fromCharCode(adobe)}`)]),
  ]
  return Buffer.concat([...ours, ...parts, Buffer.from([0xff, EOI])])
}

function segment(marker: number, content: string): Buffer {
  const bytes = Buffer.from(`\xff\0\0\0${content}`, 'latin1')
  bytes[1] = marker
  bytes.writeUInt16BE(bytes.length - 2, 2)
  return bytes
}

/** One directory with one entry (TIFF 6.0 §2): the orientation. */
const exifOf = (orientation: number) =>
  `MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}\0\0\0\0\0\0`
