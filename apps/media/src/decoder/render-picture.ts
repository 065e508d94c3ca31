import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metadata, Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { allEnded } from '../all-ended.js'
import type { Picture, Rejection, Rendition } from '../photos/photo.js'
import { sharp } from './decoders.js'
import type { Outcome } from './jobs.js'
import { spaceOfCodePoints } from './colour/code-points.js'
import { isPlain } from './colour/colour-space.js'
import { toSrgb } from './colour/to-srgb.js'
import { isMachineFault } from './machine-fault.js'
import { encodeAnew, type Kept, likelyKept, pixelsKept } from './original.js'
import { readCamera } from './read-camera.js'
import { openSource, type Source } from './source.js'
import { colourCodesOf } from './structure/avif-colour.js'
import { MAX_PIXELS } from './structure/judge-structure.js'

const SIZES = { large: 2048, small: 1080, thumb: 320 } as const
const PLACEHOLDER_SIZE = 100
const QUALITY = 82

type Size = keyof typeof SIZES
const within = (size: number) => ({ width: size, height: size, fit: 'inside', withoutEnlargement: true }) as const
/** Pixels of the largest rendition; the others are made of it, so that the file is decoded once. */
type Pixels = { data: Buffer; raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }

/** Makes upright sRGB renditions without metadata, none larger than the picture. The same input gives the same bytes. */
export async function renderPicture({ source, folder }: { source: string; folder: string }): Promise<Outcome> {
  try {
    const opened = await openSource(source, folder)
    const metadata = await sharp(opened.path, opened.options).metadata()
    const rejection = unfit(metadata)
    return rejection ? { rejection } : { picture: await pictureOf(opened, folder, metadata) }
  } catch (error) {
    return { rejection: reasonOf(error) }
  }
}

function unfit({ format, pages = 1 }: Metadata): Rejection | undefined {
  if (!['jpeg', 'png', 'webp', 'heif'].includes(format)) return 'not-a-picture'
  return pages > 1 ? 'animated' : undefined
}

/** Renders a JPEG as it seems to be while all of its bits are looked at; if they say otherwise, it begins anew. */
async function pictureOf(source: Source, folder: string, metadata: Metadata): Promise<Picture> {
  const likely = likelyKept(source, metadata)
  if (!likely) return pictureWith(source, folder, metadata, await pixelsKept(source, metadata))
  const works = [pictureWith(source, folder, metadata, likely), pixelsKept(source, metadata)] as const
  await Promise.allSettled(works)
  const kept = await works[1]
  return kept?.bytes.equals(likely.bytes) ? works[0] : pictureWith(source, folder, metadata, kept)
}

/** Makes the other renditions of an original whose pixels are kept, so that all show the same. */
async function pictureWith(source: Source, folder: string, metadata: Metadata, kept?: Kept): Promise<Picture> {
  const target = join(folder, 'original')
  const upright = await openUpright(source, kept)
  const pixels = await withoutIdleAlpha(await pixelsOf(upright().resize(within(SIZES.large))))
  const rendition = (size: Size) => writeRendition(pixels, SIZES[size], join(folder, size))
  const sized = [rendition('large'), rendition('small'), rendition('thumb'), placeholderOf(pixels)] as const
  const [large, small, thumb, placeholder, copy] = await allEnded([...sized, writeKept(kept, target)] as const)
  const written = copy ?? (await encodeAnew(upright(), metadata, target))
  const original = { ...sizeOf(metadata), ...written }
  const camera = await readCamera(metadata.exif)
  return { placeholder, camera, renditions: { thumb, small, large, original } }
}

async function writeKept(kept: Kept | undefined, target: string) {
  if (!kept) return undefined
  const { bytes, contentType } = kept
  await writeFile(target, bytes)
  return { bytes: bytes.length, contentType }
}

const sizeOf = ({ autoOrient: { width, height } }: Metadata) => ({ width, height })

/**
 * libvips decodes JPEG and PNG line by line, and JPEG at a fraction of its size: opening them twice costs less than holding
 * them. It decodes other formats as a whole, so they are opened once.
 */
async function openUpright({ path, options, bytes }: Source, kept: Kept | undefined): Promise<() => Sharp> {
  const shown = kept?.bytes ?? path
  const metadata = await sharp(shown, options).metadata()
  const open = () => toEightBits(sharp(shown, options).autoOrient(), metadata)
  if (metadata.format === 'jpeg' || metadata.format === 'png') return open
  const { data, raw } = await pixelsOf(open())
  const space = metadata.format === 'heif' && !metadata.hasProfile ? spaceOfAvif(bytes) : undefined
  if (space && raw.channels >= 3) toSrgb(data, raw.channels, space)
  return () => sharp(data, { raw, limitInputPixels: MAX_PIXELS })
}

/** Of 16 bits a channel, sharp takes colours to Display P3 and leaves them there, and no profile of grey into account. */
function toEightBits(picture: Sharp, { depth, hasProfile, space }: Metadata): Sharp {
  const srgb = picture.toColourspace('srgb')
  if (depth !== 'ushort' || !hasProfile) return srgb
  return space === 'grey16' ? srgb.pipelineColourspace('b-w') : srgb.withIccProfile('srgb', { attach: false })
}

function spaceOfAvif(bytes: Buffer): ReturnType<typeof spaceOfCodePoints> {
  const space = spaceOfCodePoints(...(colourCodesOf(bytes) ?? [2, 2]))
  return space && !isPlain(space) ? space : undefined
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return { data, raw: { width, height, channels } }
}

/** Many files have an alpha channel that is opaque throughout. */
async function withoutIdleAlpha({ data, raw }: Pixels): Promise<Pixels> {
  if (raw.channels % 2 === 1) return { data, raw }
  for (let at = raw.channels - 1; at < data.length; at += raw.channels) if (data[at] !== 255) return { data, raw }
  const opaque = await sharp(data, { raw }).removeAlpha().raw().toBuffer()
  return { data: opaque, raw: { ...raw, channels: raw.channels === 4 ? 3 : 1 } }
}

async function writeRendition({ data, raw }: Pixels, size: number, target: string): Promise<Rendition> {
  const sized = sharp(data, { raw }).resize(within(size))
  const transparent = raw.channels % 2 === 0
  const encoded = transparent ? sized.webp({ quality: QUALITY }) : sized.jpeg({ quality: QUALITY })
  const { data: bytes, info } = await encoded.toBuffer({ resolveWithObject: true })
  await writeFile(target, bytes)
  const contentType = transparent ? 'image/webp' : 'image/jpeg'
  return { width: info.width, height: info.height, bytes: bytes.length, contentType }
}

async function placeholderOf({ data, raw }: Pixels): Promise<string> {
  const tiny = sharp(data, { raw }).resize({ width: PLACEHOLDER_SIZE, height: PLACEHOLDER_SIZE, fit: 'inside' })
  const rgba = await tiny.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(rgba.info.width, rgba.info.height, rgba.data)).toString('base64')
}

/** A full disk or a missing file is no fault of the picture: it rethrows such an error, so that the job is retried. */
function reasonOf(error: unknown): Rejection {
  if (isMachineFault(error)) throw error
  const message = error instanceof Error ? error.message : ''
  if (/pixel limit/.test(message)) return 'too-many-pixels'
  return /unsupported image format/.test(message) ? 'not-a-picture' : 'damaged'
}
