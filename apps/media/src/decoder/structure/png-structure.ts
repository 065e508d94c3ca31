import { blankStructure, enlarge, type Structure } from './structure.js'

const SIGNATURE_BYTES = 8
const [HEADER_BYTES, CHECKSUM_BYTES] = [8, 4]
const MOVING = ['acTL', 'fcTL', 'fdAT']
const PACKED = ['iCCP', 'zTXt', 'iTXt', 'eXIf']
const INTERLACED_PASSES = 3

/** Chunk by chunk (https://www.w3.org/TR/png-3/#5Chunk-layout), also behind its texts. */
export function pngStructure(file: Buffer, mostParts: number): Structure {
  const found = blankStructure()
  for (let at = SIGNATURE_BYTES; at + HEADER_BYTES <= file.length && found.parts <= mostParts;) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + HEADER_BYTES)
    const next = at + HEADER_BYTES + length + CHECKSUM_BYTES
    found.parts += 1
    if (type === 'IEND') break
    if (type === 'IHDR') readHeader(file, at + HEADER_BYTES, found)
    if (MOVING.includes(type)) found.animated = true
    if (PACKED.includes(type)) found.packed += length
    at = next
  }
  return found
}

function readHeader(file: Buffer, at: number, found: Structure): void {
  if (at + 13 > file.length) return
  enlarge(found, file.readUInt32BE(at), file.readUInt32BE(at + 4))
  if (file.readUInt8(at + 8) > 8) found.passes *= 2
  if (file.readUInt8(at + 12) !== 0) found.passes *= INTERLACED_PASSES
}
