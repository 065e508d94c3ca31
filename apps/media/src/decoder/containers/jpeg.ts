import { endOfSegment, isFrame, isRestart, nextMarker, standsAlone } from '../structure/jpeg-structure.js'
import { Coding } from './jpeg-coding.js'
import { isTable } from './jpeg-tables.js'

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda]
const [APP0, APP1, APP2, APP14] = [0xe0, 0xe1, 0xe2, 0xee]

/** What decoding needs of a JPEG (ITU-T T.81 annex B), and nothing else of it. */
export interface Jpeg {
  /** JFIF and Adobe's segment say how colours are coded; decoders need no more of either. */
  isJfif: boolean
  adobe?: number
  /** Tables, frames and scans, bit for bit; behind the data of scans there may be more. */
  parts: Buffer[]
  /** Without more; undefined for scans that cannot be read. */
  exactParts: () => Promise<Buffer[] | undefined>
  /** The scans hold every coefficient to its last bit. */
  isComplete: boolean
  hasEnd: boolean
}

/** Undefined for a structure that no decoder takes. */
export function readJpeg(file: Buffer): Jpeg | undefined {
  if (file[0] !== 0xff || file[1] !== SOI) return undefined
  const [jpeg, coding] = [{ isJfif: false }, new Coding()]
  let hasEnd = false
  for (let at = nextMarker(file, 2); at < file.length && !hasEnd; at = nextMarker(file, at)) {
    const marker = file[at + 1]!
    if (marker === SOI) return undefined
    hasEnd = marker === EOI
    const hasNoLength = hasEnd || standsAlone(marker)
    const header = hasNoLength ? at + 2 : endOfSegment(file, at)
    const end = marker === SOS ? endOfScan(file, header) : header
    if (end > file.length) break
    if (!hasNoLength && !readSegment(jpeg, coding, file.subarray(at, header), file.subarray(header, end)))
      return undefined
    at = end
  }
  const { isComplete, hasScans } = coding
  if (!hasScans) return undefined
  return { ...jpeg, parts: coding.parts(), exactParts: () => coding.exactParts(), isComplete, hasEnd }
}

/** A scan's data goes on to the next marker that is no restart. */
function endOfScan(file: Buffer, from: number): number {
  if (from > file.length) return from
  let at = nextMarker(file, from)
  while (at < file.length && isRestart(file[at + 1]!)) at = nextMarker(file, at + 2)
  if (at === file.length) while (file[at - 1] === 0xff) at -= 1
  return at
}

function readSegment(jpeg: Pick<Jpeg, 'isJfif' | 'adobe'>, coding: Coding, segment: Buffer, data: Buffer): boolean {
  const marker = segment[1]!
  if (coding.isComplete) return true
  if (isFrame(marker)) return coding.begin(segment)
  if (marker === SOS) return coding.addScan(segment, data)
  if (isTable(marker)) return coding.addTables(segment)
  if (!coding.hasScans) readColourCoding(jpeg, marker, segment)
  return true
}

/** As libjpeg reads them, whatever stands behind (`jdmarker.c`). */
function readColourCoding(jpeg: Pick<Jpeg, 'isJfif' | 'adobe'>, marker: number, segment: Buffer): void {
  const says = (name: string) => segment.toString('latin1', 4, 4 + name.length) === name
  if (marker === APP0 && segment.length >= 18 && says('JFIF\0')) jpeg.isJfif = true
  if (marker === APP14 && segment.length >= 16 && says('Adobe')) jpeg.adobe = segment[15] === 0 ? 0 : 1
}

/** The same pixels, bit for bit, between segments of ours. */
export function writeJpeg(
  { isJfif, adobe, parts }: Pick<Jpeg, 'isJfif' | 'adobe' | 'parts'>,
  orientation: number,
  profile: Buffer | undefined,
): Buffer {
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
