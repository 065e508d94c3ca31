const FIRST_CHUNK = 12
const HEADER_BYTES = 8
const [HAS_PROFILE, HAS_ALPHA] = [0x20, 0x10]
/** Before the image of a lossless picture (RFC 9649 §3.4). */
const LOSSLESS_HEAD = 5
/** Lossless, unfiltered, with nothing rounded (§2.7.1.2). */
const LOSSLESS_PLANE = 1

export interface WebP {
  isLossless: boolean
  pixels: Buffer
  alpha?: Buffer | undefined
}

/** The still picture of a WebP, undefined if it has none. */
export function readWebp(file: Buffer): WebP | undefined {
  let [alpha, hasAlpha]: [Buffer | undefined, boolean] = [undefined, false]
  for (let at = FIRST_CHUNK; at + HEADER_BYTES <= file.length;) {
    const [name, length] = [file.toString('latin1', at, at + 4), file.readUInt32LE(at + 4)]
    const content = file.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length)
    if (name === 'VP8L') return { isLossless: true, pixels: content }
    if (name === 'VP8 ') return { isLossless: false, pixels: content, alpha }
    if (name === 'VP8X') hasAlpha = ((content[0] ?? 0) & HAS_ALPHA) !== 0
    if (name === 'ALPH' && hasAlpha) alpha ??= content
    at += HEADER_BYTES + length + (length % 2)
  }
  return undefined
}

/** The green of a lossless picture as the alpha of a lossy one (RFC 9649 §2.7.1.2). */
export const alphaOf = ({ pixels }: WebP): Buffer =>
  Buffer.concat([Buffer.from([LOSSLESS_PLANE]), pixels.subarray(LOSSLESS_HEAD)])

/** The same pixels of a lossy picture in a file of ours (RFC 9649 §2). */
export function writeWebp(
  { pixels, alpha }: Omit<WebP, 'isLossless'>,
  size: { width: number; height: number },
  profile: Buffer | undefined,
): Buffer {
  const chunks = [
    ...(profile || alpha ? [chunk('VP8X', extended(alpha !== undefined, size, profile))] : []),
    ...(profile ? [chunk('ICCP', profile)] : []),
    ...(alpha ? [chunk('ALPH', alpha)] : []),
    chunk('VP8 ', pixels),
  ]
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]))
}

function extended(hasAlpha: boolean, size: { width: number; height: number }, profile?: Buffer) {
  const head = Buffer.alloc(10)
  head[0] = (profile ? HAS_PROFILE : 0) | (hasAlpha ? HAS_ALPHA : 0)
  head.writeUIntLE(size.width - 1, 4, 3)
  head.writeUIntLE(size.height - 1, 7, 3)
  return head
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}
