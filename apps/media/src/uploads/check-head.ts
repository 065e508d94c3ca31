import { fileTypeFromBuffer } from 'file-type'
import { media } from '@mpics/contracts'
import type { PhotoContentType } from '../photos/photo.js'
import { MAX_PIXELS, sharp } from '../renditions/decoders.js'
import { AnimatedError, DamagedError, TooManyPixelsError, UnsupportedTypeError } from './upload.errors.js'
import { type Canvas, webpCanvas } from './webp-header.js'

/** Most pictures state their size here; the worker alone checks the others (a long profile before it). */
export const HEAD_BYTES = 256 * 1024

/**
 * Judges a picture by its first bytes, before any of it is stored (OWASP ASVS 5.2.2, 5.2.6), and ignores the name and the
 * type that the client gave. The worker, which decodes all of it, has the last word.
 */
export async function checkHead(head: Buffer): Promise<PhotoContentType> {
  const found = (await fileTypeFromBuffer(head))?.mime
  const type = media.photoContentType.safeParse(found)
  if (!type.success) throw new UnsupportedTypeError(found)
  const canvas = type.data === 'image/webp' ? webpCanvas(head) : await canvasOf(head)
  if (!canvas && head.length < HEAD_BYTES) throw new DamagedError()
  if (canvas?.animated) throw new AnimatedError()
  if (canvas && canvas.width * canvas.height > MAX_PIXELS) throw new TooManyPixelsError()
  return type.data
}

async function canvasOf(head: Buffer): Promise<Canvas | undefined> {
  try {
    const { width, height, pages = 1 } = await sharp(head, { failOn: 'none', limitInputPixels: false }).metadata()
    return { width, height, animated: pages > 1 }
  } catch {
    return undefined
  }
}
