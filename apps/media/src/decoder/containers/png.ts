import { createInflate, crc32, deflateSync } from 'node:zlib'
import type { ColourSpace } from '../colour/colour-space.js'
import { isPlain } from '../colour/colour-space.js'
import { codePointsOf } from '../colour/code-points.js'
import { profileOf } from '../colour/write-profile.js'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const [HEADER_BYTES, CHECKSUM_BYTES, IHDR_BYTES] = [8, 4, 13]
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const [GREY, COLOUR, INDEXED] = [0, 2, 3]
/** The first pixel of each Adam7 pass and its steps, across and down. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

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
  return pixels && packed(new Map(chunks).set('IDAT', pixels), space)
}

/** The same for chunks of our own encoder, which leaves nothing behind the pixels. */
export function packed(chunks: Chunks, space: ColourSpace): Buffer | undefined {
  const [header, palette, clear] = [chunks.get('IHDR'), paletteOf(chunks), clearOf(chunks)]
  if (!header || (header[9] === INDEXED && !palette)) return undefined
  return Buffer.concat([
    SIGNATURE,
    ...chunk('IHDR', header),
    ...colourChunks(space),
    ...(palette ? chunk('PLTE', palette) : []),
    ...(clear ? chunk('tRNS', clear) : []),
    ...chunk('IDAT', chunks.get('IDAT')!),
    ...chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Only where pixels are indices of it, and no longer than they reach. */
function paletteOf(chunks: Chunks): Buffer | undefined {
  const [depth = 0, type] = chunks.get('IHDR')?.subarray(8) ?? []
  const length = type === INDEXED ? (chunks.get('PLTE')?.length ?? 0) : 0
  return length > 0 && length % 3 === 0 && length <= 3 * 2 ** depth ? chunks.get('PLTE') : undefined
}

/** Which colour is transparent, or how much each of a palette is, in as many bytes as that takes. */
function clearOf(chunks: Chunks): Buffer | undefined {
  const [clear, type] = [chunks.get('tRNS'), chunks.get('IHDR')?.[9]]
  if (type === INDEXED) return clear && clear.length <= (paletteOf(chunks)?.length ?? 0) / 3 ? clear : undefined
  return (type === GREY && clear?.length === 2) || (type === COLOUR && clear?.length === 6) ? clear : undefined
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
  const [pixels, header] = [chunks.get('IDAT'), chunks.get('IHDR')]
  if (!pixels || header?.length !== IHDR_BYTES) return undefined
  const inflate = createInflate()
  const read = async () => {
    let left = bytesOf(header)
    for await (const part of inflate) if ((left -= (part as Buffer).length) < 0) return undefined
    return pixels.subarray(0, inflate.bytesWritten)
  }
  inflate.end(pixels)
  return read().catch(() => undefined)
}

function bytesOf(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const bits = header.readUInt8(8) * (CHANNELS[header.readUInt8(9)] ?? 4)
  const rows = (across: number, down: number) => (across > 0 ? (1 + Math.ceil((across * bits) / 8)) * down : 0)
  if (header.readUInt8(12) === 0) return rows(width, height)
  return PASSES.map(([x, y, right, down]) => rows(countOf(width, x, right), countOf(height, y, down))).reduce(
    (sum, bytes) => sum + bytes,
  )
}

const countOf = (size: number, first: number, step: number) => Math.max(0, Math.ceil((size - first) / step))
