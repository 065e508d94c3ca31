import { createHash } from 'node:crypto'
import { partitionsOf } from './containers/vp8.js'
import { writeWebp } from './containers/webp.js'
import { CAUTIOUS, sharp } from './decoders.js'

/** Up to five bytes at the end of an honest partition say nothing. */
const FEW = 8

/**
 * True if the last bytes of a part of a lossy frame may be others and nobody sees it: decoders stop before them, and no length tells
 * where.
 */
export async function hasIdleBytes(frame: Buffer): Promise<boolean> {
  const [partitions, shown] = [partitionsOf(frame), await digestOf(frame)]
  if (!partitions || shown === undefined) return true
  for (const { from, to } of partitions) {
    if (to - from <= FEW) continue
    const changed = Buffer.from(frame)
    for (let at = to - FEW; at < to; at++) changed[at]! ^= 0xff
    if ((await digestOf(changed)) === shown) return true
  }
  return false
}

async function digestOf(frame: Buffer): Promise<string | undefined> {
  const file = writeWebp({ pixels: frame }, { width: 1, height: 1 }, undefined)
  const decoded = await sharp(file, CAUTIOUS)
    .raw()
    .toBuffer()
    .catch(() => undefined)
  return decoded && createHash('sha256').update(decoded).digest('hex')
}
