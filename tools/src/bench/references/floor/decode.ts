// The least decoding process: segments of metadata are left out, and a picture is decoded once.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rgbaToThumbHash } from 'thumbhash'
import sharp, { type Sharp } from 'sharp'
import { encoded, largestOf, SIZES, within } from '../bare-sharp.js'

const [SOS, APP0, APP14, APP15, COMMENT] = [0xda, 0xe0, 0xee, 0xef, 0xfe]
const isMetadata = (marker: number) => (marker > APP0 && marker <= APP15 && marker !== APP14) || marker === COMMENT

/** Of a JPEG of one scan. */
function withoutMetadata(jpeg: Buffer): Buffer {
  const parts = [jpeg.subarray(0, 2)]
  for (let at = 2; ;) {
    const marker = jpeg[at + 1]!
    if (marker === SOS) return Buffer.concat([...parts, jpeg.subarray(at)])
    const end = at + 2 + jpeg.readUInt16BE(at + 2)
    if (!isMetadata(marker)) parts.push(jpeg.subarray(at, end))
    at = end
  }
}

async function placeholderOf(largest: Sharp): Promise<string> {
  const tiny = largest.resize({ width: 100, height: 100, fit: 'inside' }).ensureAlpha().raw()
  const { data, info } = await tiny.toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
}

async function render(folder: string): Promise<string> {
  const original = withoutMetadata(await readFile(join(folder, 'upload')))
  const largest = await largestOf(original)
  const sizes = Object.entries(SIZES).map(async ([name, size]) =>
    writeFile(join(folder, name), await encoded(largest().resize(within(size)))),
  )
  const [placeholder] = await Promise.all([
    placeholderOf(largest()),
    writeFile(join(folder, 'original'), original),
    ...sizes,
  ])
  return placeholder
}

sharp.cache(false)
sharp.concurrency(1)
process.on('disconnect', () => process.exit())
process.on('message', (folder: string) => void render(folder).then((placeholder) => process.send?.(placeholder)))
