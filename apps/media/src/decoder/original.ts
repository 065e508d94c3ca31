import { stat } from 'node:fs/promises'
import type { Metadata, Sharp } from 'sharp'
import type { PhotoContentType } from '../photos/photo.js'
import { type ColourSpace, isPlain, SRGB } from './colour/colour-space.js'
import { spaceOfProfile } from './colour/read-profile.js'
import { profileOf } from './colour/write-profile.js'
import { writeJpeg } from './containers/jpeg.js'
import { packed, readPng, writePng } from './containers/png.js'
import { colourOfPng } from './containers/png-colour.js'
import { alphaOf, readWebp, writeWebp } from './containers/webp.js'
import { sharp } from './decoders.js'
import { hasIdleBytes } from './idle-bytes.js'
import type { Source } from './source.js'

const QUALITY = 92
const EIGHT_BITS = { grey16: 'b-w', rgb16: 'srgb' } as const

export interface Kept {
  bytes: Buffer
  contentType: PhotoContentType
}

/**
 * The full-size picture with its pixels as they came, and of all else only what shows them right, in words of ours. Undefined for
 * what has to be encoded anew: colours that nobody else would show right, and formats that are too slow to encode.
 */
export async function pixelsKept(source: Source, metadata: Metadata): Promise<Kept | undefined> {
  if (metadata.format === 'jpeg')
    return likelyKept(source, metadata) && jpegKept(source, metadata, await source.jpeg?.exactParts())
  if (metadata.format === 'png') return keptAs('image/png', await pngKept(source, metadata))
  return metadata.format === 'webp' ? webpKept(source, metadata) : undefined
}

/** What becomes of a JPEG whose scans hold nothing but their picture: nearly all do, and it takes no look at their bits. */
export function likelyKept(source: Source, metadata: Metadata): Kept | undefined {
  return metadata.format === 'jpeg' ? jpegKept(source, metadata, source.jpeg?.parts) : undefined
}

const keptAs = (contentType: PhotoContentType, bytes: Buffer | undefined): Kept | undefined =>
  bytes && { bytes, contentType }

function jpegKept({ jpeg }: Source, metadata: Metadata, parts: Buffer[] | undefined): Kept | undefined {
  const { icc, space, orientation = 1 } = metadata
  if (space !== 'srgb' && space !== 'b-w') return undefined
  const told = icc && spaceOfProfile(icc, space === 'b-w')
  if (!jpeg || !parts || told === 'foreign') return undefined
  return keptAs('image/jpeg', writeJpeg({ ...jpeg, parts }, orientation, profileFor(told)))
}

async function pngKept(source: Source, metadata: Metadata): Promise<Buffer | undefined> {
  const chunks = readPng(source.bytes)
  const space = colourOfPng(chunks, metadata.icc)
  if (space === 'foreign') return undefined
  const kept = isUpright(metadata) ? await writePng(chunks, space) : undefined
  return kept ?? turned(source, metadata, space)
}

/** Where the decoder stops within a lossless one, nobody knows, so it comes in another form. */
async function webpKept(source: Source, metadata: Metadata): Promise<Kept | undefined> {
  const told = metadata.icc && spaceOfProfile(metadata.icc, false)
  const webp = readWebp(source.bytes)
  if (!webp || told === 'foreign') return undefined
  if (webp.isLossless) return keptAs('image/png', await turned(source, metadata, told ?? SRGB))
  if (!isUpright(metadata) || (await hasIdleBytes(webp.pixels))) return undefined
  const alpha = webp.alpha && (await alphaAnew(source))
  return keptAs('image/webp', writeWebp({ ...webp, alpha }, metadata, profileFor(told)))
}

async function alphaAnew({ path, options }: Source): Promise<Buffer | undefined> {
  const plane = sharp(path, options).extractChannel('alpha').webp({ lossless: true, effort: 1 })
  const webp = readWebp(await encoded(plane))
  return webp && alphaOf(webp)
}

/** As PNG, which needs no more memory to encode than to decode. */
async function turned(source: Source, metadata: Metadata, space: ColourSpace): Promise<Buffer | undefined> {
  const values = `${space.gamut === 'grey' ? 'grey' : 'rgb'}16` as const
  const picture = asItIs(source).toColourspace(metadata.depth === 'ushort' ? values : EIGHT_BITS[values])
  return packed(readPng(await encoded(picture.png())), space)
}

const isUpright = ({ orientation = 1 }: Metadata) => orientation === 1

const profileFor = (space: ColourSpace | undefined): Buffer | undefined =>
  space && !isPlain(space) ? profileOf(space) : undefined

/** Upright, with the values of its pixels untouched. */
const asItIs = ({ path, options }: Source): Sharp => sharp(path, { ...options, ignoreIcc: true }).autoOrient()

/** In memory, it fails only where decoding does. */
const encoded = (picture: Sharp): Promise<Buffer> =>
  picture.toBuffer().catch((cause: unknown) => {
    throw new Error('the pixels cannot be decoded', { cause })
  })

/** In sRGB, for what cannot stay as it is. */
export async function encodeAnew(upright: Sharp, metadata: Metadata, target: string) {
  const contentType = typeOf(metadata)
  if (contentType === 'image/png') await upright.png().toFile(target)
  else if (contentType === 'image/webp') await upright.webp({ quality: QUALITY, effort: 2 }).toFile(target)
  else await upright.jpeg(jpegOptions(metadata)).toFile(target)
  return { bytes: (await stat(target)).size, contentType }
}

/** AVIF is too slow to encode at this size. */
function typeOf({ format, hasAlpha }: Metadata): PhotoContentType {
  if (format === 'png' || (format === 'heif' && hasAlpha)) return 'image/png'
  return format === 'webp' ? 'image/webp' : 'image/jpeg'
}

/** Optimised coding would save 5 % of the bytes for twice the time, and hold the whole picture in memory. */
const jpegOptions = ({ chromaSubsampling }: Metadata) => ({
  quality: QUALITY,
  chromaSubsampling: chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0',
  optimiseCoding: false,
})
