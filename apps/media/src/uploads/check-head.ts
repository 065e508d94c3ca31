import { fileTypeFromBuffer } from 'file-type'
import { photoContentType } from '@mpics/contracts'
import type { PhotoContentType } from '../photos/photo.js'
import { MAX_PIXELS, sharp } from '../renditions/decoders.js'
import { AnimatedError, DamagedError, TooManyPixelsError, UnsupportedTypeError } from './upload.errors.js'
import { type Canvas, webpCanvas } from './webp-header.js'

/** Most pictures tell their size here; those that do not (a long profile before it) are checked by the worker alone. */
export const HEAD_BYTES = 256 * 1024

/**
 * What a picture says of itself by its first bytes, before anything of it is stored (OWASP ASVS 5.2.2, 5.2.6). The name and
 * the type that the client gave it are not looked at. The worker, who decodes all of it, has the last word.
 */
export async function checkHead(head: Buffer): Promise<PhotoContentType> {
  const found = (await fileTypeFromBuffer(head))?.mime
  const type = photoContentType.safeParse(found)
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
