import { blankStructure, enlarge, type Structure } from './structure.js'

const FIRST_CHUNK = 12
const HEADER_BYTES = 8
const MOVES = 0b10

/** Chunk by chunk (RFC 9649 §2.3 to §2.7); libvips wants the whole file for the size. */
export function webpStructure(file: Buffer, mostParts: number): Structure {
  const found = blankStructure()
  for (let at = FIRST_CHUNK; at + HEADER_BYTES + 10 <= file.length && found.parts <= mostParts;) {
    const length = file.readUInt32LE(at + 4)
    found.parts += 1
    readChunk(file, at, found)
    at += HEADER_BYTES + length + (length % 2)
  }
  return found
}

function readChunk(file: Buffer, at: number, found: Structure): void {
  const [type, data] = [file.toString('latin1', at, at + 4), at + HEADER_BYTES]
  if (type === 'ANIM' || type === 'ANMF') found.animated = true
  if (type === 'VP8 ') enlarge(found, file.readUInt16LE(data + 6) & 0x3fff, file.readUInt16LE(data + 8) & 0x3fff)
  if (type === 'VP8L') {
    const bits = file.readUInt32LE(data + 1)
    enlarge(found, (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  }
  if (type !== 'VP8X') return
  if (file.readUInt8(data) & MOVES) found.animated = true
  enlarge(found, file.readUIntLE(data + 4, 3) + 1, file.readUIntLE(data + 7, 3) + 1)
}
