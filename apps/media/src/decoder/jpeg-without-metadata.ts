const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP14 = 0xee
/** Quantisation, number of lines, restart interval. */
const TABLES = [0xdb, 0xdc, 0xdd]

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7

/**
 * The same JPEG, bit for bit in its pixels, without anything but what decoding needs (ITU-T T.81 annex B): no application
 * segments (Exif, XMP, IPTC, profiles, previews), no comments, nothing after its end. Undefined for an unexpected structure,
 * which the caller then encodes anew.
 */
export function jpegWithoutMetadata(jpeg: Buffer): Buffer | undefined {
  if (jpeg[0] !== 0xff || jpeg[1] !== SOI) return undefined
  const kept = [jpeg.subarray(0, 2)]
  for (let at = 2; ;) {
    const marker = jpeg[at + 1]
    if (jpeg[at] !== 0xff || marker === undefined || marker === 0xff || isRestart(marker)) return undefined
    if (marker === EOI) return Buffer.concat([...kept, jpeg.subarray(at, at + 2)])
    const end = marker === SOS ? endOfScan(jpeg, at) : endOfSegment(jpeg, at)
    if (end > jpeg.length) return undefined
    const segment = jpeg.subarray(at, end)
    if (isNeeded(marker, segment)) kept.push(segment)
    at = end
  }
}

const endOfSegment = (jpeg: Buffer, at: number): number =>
  at + 4 > jpeg.length ? Infinity : at + 2 + Math.max(2, jpeg.readUInt16BE(at + 2))

/** A scan's data goes on to the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(jpeg: Buffer, at: number): number {
  for (let found = endOfSegment(jpeg, at); found < jpeg.length; found += 2) {
    found = jpeg.indexOf(0xff, found)
    const next = jpeg[found + 1]
    if (found < 0 || next === undefined) return Infinity
    if (next !== 0 && !isRestart(next)) return found
  }
  return Infinity
}

/** A whitelist: decoding needs JFIF without its preview, and Adobe's note on the coding of colours. */
function isNeeded(marker: number, segment: Buffer): boolean {
  if (marker === APP0) return segment.length === 18 && segment.toString('latin1', 4, 8) === 'JFIF'
  if (marker === APP14) return segment.length === 16 && segment.toString('latin1', 4, 9) === 'Adobe'
  const isFrameOrHuffman = marker >= 0xc0 && marker <= 0xcf
  return isFrameOrHuffman || marker === SOS || TABLES.includes(marker)
}
