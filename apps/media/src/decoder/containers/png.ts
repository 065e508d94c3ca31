import { createInflate, crc32, deflateSync } from 'node:zlib'
import type { ColourSpace } from '../colour/colour-space.js'
import { isPlain } from '../colour/colour-space.js'
import { codePointsOf } from '../colour/code-points.js'
import { profileOf } from '../colour/write-profile.js'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const [HEADER_BYTES, CHECKSUM_BYTES, IHDR_BYTES] = [8, 4, 13]
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
/** Interlaced passes have rows of their own, each with a byte of its filter and some bits of padding. */
const INTERLACED_ROWS = 8

export type Chunks = ReadonlyMap<string, Buffer>

/** The first chunk of each name before the pixels, and all bytes of the pixels as `IDAT` (https://www.w3.org/TR/png-3/). */
export function readPng(file: Buffer): Chunks {
  const chunks = new Map<string, Buffer>()
  const pixels: Buffer[] = []
  for (let at = SIGNATURE.length; at + HEADER_BYTES <= file.length;) {
    const [length, name] = [file.readUInt32BE(at), file.toString('latin1', at + 4, at + HEADER_BYTES)]
    if (name === 'IEND') break
    const content = file.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length)
    if (name === 'IDAT') pixels.push(content)
    else if (pixels.length === 0 && !chunks.has(name)) chunks.set(name, content)
    at += HEADER_BYTES + length + CHECKSUM_BYTES
  }
  return chunks.set('IDAT', Buffer.concat(pixels))
}

/** The same pixels, their colours told by chunks of ours. Undefined where they are not packed as they should be. */
export async function writePng(chunks: Chunks, space: ColourSpace): Promise<Buffer | undefined> {
  const pixels = await withoutRest(chunks)
  if (!pixels) return undefined
  const kept = (name: string) => (chunks.has(name) ? chunk(name, chunks.get(name)!) : [])
  return Buffer.concat([
    SIGNATURE,
    ...kept('IHDR'),
    ...colourChunks(space),
    ...kept('PLTE'),
    ...kept('tRNS'),
    ...chunk('IDAT', pixels),
    ...chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Programs that know HDR read the numbers, all others the profile. */
function colourChunks(space: ColourSpace): Buffer[] {
  if (isPlain(space)) return []
  const isHdr = space.curve === 'pq' || space.curve === 'hlg'
  const numbers = isHdr ? chunk('cICP', Buffer.from([...codePointsOf(space), 0, 1])) : []
  const profile = Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(profileOf(space))])
  return [...numbers, ...chunk('iCCP', profile)]
}

/** In parts, so that the pixels are copied once. */
function chunk(name: string, content: Buffer): Buffer[] {
  const [head, checksum] = [Buffer.from(`\0\0\0\0${name}`, 'latin1'), Buffer.alloc(CHECKSUM_BYTES)]
  head.writeUInt32BE(content.length)
  checksum.writeUInt32BE(crc32(content, crc32(name)))
  return [head, content, checksum]
}

/** A compressed stream ends by itself; decoders do not see what a program left behind its end. */
async function withoutRest(chunks: Chunks): Promise<Buffer | undefined> {
  const [packed, header] = [chunks.get('IDAT'), chunks.get('IHDR')]
  if (!packed || header?.length !== IHDR_BYTES) return undefined
  const inflate = createInflate()
  const read = async () => {
    let left = bytesOf(header)
    for await (const part of inflate) if ((left -= (part as Buffer).length) < 0) return undefined
    return packed.subarray(0, inflate.bytesWritten)
  }
  inflate.end(packed)
  return read().catch(() => undefined)
}

function bytesOf(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const bits = header.readUInt8(8) * (CHANNELS[header.readUInt8(9)] ?? 4)
  const isInterlaced = header.readUInt8(12) !== 0
  const rows = (1 + Math.ceil((width * bits) / 8)) * height
  return isInterlaced ? rows + INTERLACED_ROWS * (height + width) : rows
}
