import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { crc32, deflateSync } from 'node:zlib'
import { sharp } from '../../src/decoder/decoders.js'

const run = promisify(execFile)

/** Pixels like those of a photograph: smooth, with some texture, and always the same. */
export function pixels(width: number, height: number) {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const texture = ((x * 7 + y * 13) % 11) + ((x ^ y) & 7)
      data[at++] = ((x * 200) / width + texture) | 0
      data[at++] = ((y * 200) / height + texture) | 0
      data[at++] = 90 + texture
    }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

export const jpeg = (width = 600, height = 400) => pixels(width, height).jpeg({ quality: 90 }).toBuffer()

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A valid black PNG of one bit a pixel: a small file, however large the picture. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height)
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** A small file that asks for much: a progressive JPEG whose last scan comes again and again. */
export async function withManyScans(scans: number, width = 4000, height = 3000): Promise<Buffer> {
  const canvas = sharp({ create: { width, height, channels: 3, background: '#888' } })
  const flat = await canvas.jpeg({ progressive: true }).toBuffer()
  const last = flat.lastIndexOf(Buffer.from([0xff, 0xda]))
  const scan = flat.subarray(last, -2)
  return Buffer.concat([flat.subarray(0, last), ...Array<Buffer>(scans).fill(scan), flat.subarray(-2)])
}

/** The same behind so much text that a look at its beginning does not find them. */
export const withLateScans = async (scans: number): Promise<Buffer> => withLateSize(await withManyScans(scans))

export const withManySegments = (jpeg: Buffer, segments: number): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    ...Array<Buffer>(segments).fill(Buffer.from([0xff, 0xfe, 0, 2])),
    jpeg.subarray(2),
  ])

export const withChunks = (png: Buffer, type: string, contents: readonly Buffer[]): Buffer =>
  Buffer.concat([png.subarray(0, 33), ...contents.map((content) => chunk(type, content)), png.subarray(33)])

/** A JPEG that claims to have so many pixels. */
export function claiming(jpeg: Buffer, width: number, height: number): Buffer {
  const claim = Buffer.from(jpeg)
  const frame = claim.indexOf(Buffer.from([0xff, 0xc0]))
  claim.writeUInt16BE(height, frame + 5)
  claim.writeUInt16BE(width, frame + 7)
  return claim
}

/** Puts so much before the size of a JPEG that a look at its beginning does not find it. */
export function withLateSize(jpeg: Buffer): Buffer {
  const segment = Buffer.concat([Buffer.from([0xff, 0xef, 0xff, 0xff]), Buffer.alloc(0xfffd)])
  return Buffer.concat([jpeg.subarray(0, 2), ...Array<Buffer>(5).fill(segment), jpeg.subarray(2)])
}

/** Boxes in each other. */
export function nestedAvif(depth: number): Buffer {
  const file = Buffer.alloc(24 + depth * 8)
  file.write('\0\0\0\x18ftypavif\0\0\0\0avifmif1', 'latin1')
  for (let at = 24; at < file.length; at += 8) {
    file.writeUInt32BE(file.length - at, at)
    file.write('ipco', at + 4, 'latin1')
  }
  return file
}

async function inFile<T>(bytes: Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-picture-'))
  try {
    const path = join(folder, 'picture')
    await writeFile(path, bytes)
    return await use(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** All that a telephone tells of its owner. */
export const REVEALING = [
  '-GPSLatitude=28.5618',
  '-GPSLatitudeRef=N',
  '-GPSLongitude=80.577',
  '-GPSLongitudeRef=W',
  '-GPSAltitude=3',
  '-Make=Acme',
  '-Model=Pocket 7',
  '-LensModel=Acme 28mm f/1.8',
  '-FocalLength=6.9',
  '-FNumber=1.8',
  '-ExposureTime=1/640',
  '-ISO=400',
  '-DateTimeOriginal=2015:02:11 18:03:00',
  '-SerialNumber=SN-123456',
  '-OwnerName=Canary Person',
  '-Artist=Canary Person',
  '-Copyright=Canary Person',
  '-UserComment=canary comment',
  '-ImageDescription=canary description',
  '-XMP-dc:Creator=Canary Person',
  '-XMP-exif:GPSLatitude=28.5618',
  '-IPTC:City=Canary Town',
  '-Comment=canary comment',
]

export const withMetadata = (bytes: Buffer, tags: readonly string[] = REVEALING): Promise<Buffer> =>
  inFile(bytes, async (path) => {
    await run('exiftool', ['-q', '-overwrite_original', ...tags, path])
    return readFile(path)
  })

const NO_METADATA = /^(SourceFile$|(ExifTool|System|File|Composite|RIFF|JFIF|PNG|PNG-pHYs):)/

/** Whatever exiftool finds in files beyond the pixels, as `group:tag`. */
export async function metadataOf(...paths: string[]): Promise<string[][]> {
  const { stdout } = await run('exiftool', ['-j', '-a', '-u', '-U', '-G1', '-ee', ...paths])
  const found = JSON.parse(stdout) as Record<string, unknown>[]
  return found.map((tags) => Object.keys(tags).filter((tag) => !NO_METADATA.test(tag)))
}
