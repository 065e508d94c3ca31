import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Segment {
  marker: number
  /** With its marker; of a scan also its data. */
  bytes: Buffer
}

export const fixture = (name: string): Promise<Buffer> => readFile(join(__dirname, '../pictures', name))

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7

/** Segment by segment, as ITU-T T.81 annex B says; for well-formed files. */
export function segmentsOf(jpeg: Buffer): Segment[] {
  const segments: Segment[] = []
  for (let at = 2; jpeg[at + 1] !== 0xd9;) {
    let end = at + 2 + jpeg.readUInt16BE(at + 2)
    if (jpeg[at + 1] === 0xda) while (jpeg[end] !== 0xff || jpeg[end + 1] === 0 || isRestart(jpeg[end + 1]!)) end++
    segments.push({ marker: jpeg[at + 1]!, bytes: jpeg.subarray(at, end) })
    at = end
  }
  return segments
}

const isWord = ({ marker }: Segment) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe

/** Tables, frames and scans: all that makes the pixels. */
export const codingOf = (jpeg: Buffer): Buffer =>
  Buffer.concat(segmentsOf(jpeg).flatMap((segment) => (isWord(segment) ? [] : [segment.bytes])))

export const wordsOf = (jpeg: Buffer): Segment[] => segmentsOf(jpeg).filter(isWord)

export function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

export const withSegments = (jpeg: Buffer, ...segments: Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

/** In several segments, as a long profile has to be. */
export function profileSegments(profile: Buffer, each = 1500): Buffer[] {
  const count = Math.ceil(profile.length / each)
  return Array.from({ length: count }, (_, n) => {
    const head = Buffer.from(`ICC_PROFILE\0${String.fromCharCode(n + 1, count)}`, 'latin1')
    return segment(0xe2, Buffer.concat([head, profile.subarray(n * each, (n + 1) * each)]))
  })
}
