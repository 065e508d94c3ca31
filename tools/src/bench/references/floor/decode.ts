// The least decoding process: segments of metadata are left out, a picture is decoded once, and each rendition goes as soon as it is encoded.
import { rgbaToThumbHash } from 'thumbhash'
import sharp, { type Sharp } from 'sharp'
import { encoded, largestOf, SIZES, within } from '../bare-sharp.js'
import type { Span } from './decoder.js'

const [SOS, APP0, APP14, APP15, COMMENT] = [0xda, 0xe0, 0xee, 0xef, 0xfe]
const isMetadata = (marker: number) => (marker > APP0 && marker <= APP15 && marker !== APP14) || marker === COMMENT

/** Of a JPEG of one scan. */
function withoutMetadata(jpeg: Buffer): Span[] {
  const spans: Span[] = []
  for (let from = 0, at = 2; ;) {
    const marker = jpeg[at + 1]!
    if (marker === SOS) return [...spans, [from, jpeg.length]]
    const end = at + 2 + jpeg.readUInt16BE(at + 2)
    if (isMetadata(marker)) {
      spans.push([from, at])
      from = end
    }
    at = end
  }
}

async function placeholderOf(picture: Sharp): Promise<string> {
  const tiny = picture.resize({ width: 100, height: 100, fit: 'inside' }).ensureAlpha().raw()
  const { data, info } = await tiny.toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
}

type Tell = (said: object) => void

async function render(upload: Buffer, tell: Tell): Promise<void> {
  tell({ kept: withoutMetadata(upload) })
  const largest = await largestOf(upload)
  const sizes = Object.entries(SIZES).map(async ([name, size]) =>
    tell({ name, bytes: await encoded(largest().resize(within(size))) }),
  )
  const [placeholder] = await Promise.all([placeholderOf(largest()), ...sizes])
  tell({ placeholder })
}

sharp.cache(false)
sharp.concurrency(1)
process.on('disconnect', () => process.exit())
process.on('message', ({ job, upload }: { job: number; upload: Uint8Array }) => {
  const { buffer, byteOffset, length } = upload
  const tell = (said: object) => process.send!({ job, ...said })
  render(Buffer.from(buffer, byteOffset, length), tell).catch(() => tell({ refused: true }))
})
