import { readFile, stat, writeFile } from 'node:fs/promises'
import type { Metadata, Sharp } from 'sharp'
import type { PhotoContentType, Rendition } from '../photos/photo.js'
import { jpegWithoutMetadata } from './jpeg-without-metadata.js'

const QUALITY = 92

export interface Opened {
  source: string
  /** The whole picture, upright and in sRGB. */
  upright: () => Sharp
  metadata: Metadata
}

/** Writes the full-size picture without its metadata: the owner's, for their eyes and their export. */
export async function writeOriginal(opened: Opened, target: string): Promise<Rendition> {
  const untouched = isPlainJpeg(opened.metadata) ? jpegWithoutMetadata(await readFile(opened.source)) : undefined
  const { width, height } = opened.metadata.autoOrient
  if (!untouched) return { width, height, ...(await encodeAnew(opened, target)) }
  await writeFile(target, untouched)
  return { width, height, bytes: untouched.length, contentType: 'image/jpeg' }
}

/** Needs no change, so it loses nothing. */
function isPlainJpeg({ format, orientation = 1, space, icc }: Metadata): boolean {
  return format === 'jpeg' && orientation === 1 && (space === 'srgb' || space === 'b-w') && (!icc || isSrgb(icc))
}

/** The profile's description is ASCII in version 2 of the format and UTF-16 in version 4. */
const isSrgb = (icc: Buffer) =>
  icc.includes('sRGB', 0, 'latin1') || icc.includes(Buffer.from('sRGB', 'utf16le').swap16())

async function encodeAnew({ upright, metadata }: Opened, target: string) {
  const contentType = typeOf(metadata)
  if (contentType === 'image/png') await upright().png().toFile(target)
  else if (contentType === 'image/webp') await upright().webp({ quality: QUALITY, effort: 2 }).toFile(target)
  else await upright().jpeg(jpegOptions(metadata)).toFile(target)
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
