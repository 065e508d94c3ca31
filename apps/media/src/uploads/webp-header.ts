export interface Canvas {
  width: number
  height: number
  animated: boolean
}

/** Canvas of a WebP by its first 30 bytes (RFC 9649 §2.5 to §2.7); libvips wants the whole file for it. */
export function webpCanvas(head: Buffer): Canvas | undefined {
  if (head.length < 30) return undefined
  const chunk = head.toString('latin1', 12, 16)
  if (chunk === 'VP8X') return extended(head)
  if (chunk === 'VP8L') return lossless(head.readUInt32LE(21))
  return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff, animated: false }
}

const extended = (head: Buffer): Canvas => ({
  width: head.readUIntLE(24, 3) + 1,
  height: head.readUIntLE(27, 3) + 1,
  animated: (head.readUInt8(20) & 0b10) !== 0,
})

const lossless = (bits: number): Canvas => ({
  width: (bits & 0x3fff) + 1,
  height: ((bits >>> 14) & 0x3fff) + 1,
  animated: false,
})
