import sharp, { type Sharp } from 'sharp'

export const SIZES = { large: 2048, small: 1080, thumb: 320 } as const
export const within = (size: number) =>
  ({ width: size, height: size, fit: 'inside', withoutEnlargement: true }) as const
export const encoded = (picture: Sharp): Promise<Buffer> => picture.jpeg({ quality: 82 }).toBuffer()
/** With the effort of the service where it cannot keep an original's pixels. */
const original = (picture: Sharp): Promise<Buffer> => picture.jpeg({ quality: 92, optimiseCoding: false }).toBuffer()

/** What anybody would write: an original without metadata and the three sizes, each of the file, from bytes to bytes. */
export async function bareRenditions(photo: Buffer): Promise<number> {
  const upright = sharp(photo).autoOrient()
  const sized = Object.values(SIZES).map((size) => encoded(upright.clone().resize(within(size))))
  const made = await Promise.all([original(upright.clone()), ...sized])
  return made.reduce((n, b) => n + b.length, 0)
}

/** The pixels of the largest size; the others are made of it. */
export async function largestOf(photo: Buffer): Promise<() => Sharp> {
  const largest = sharp(photo).autoOrient().resize(within(SIZES.large))
  const { data, info } = await largest.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return () => sharp(data, { raw: { width, height, channels } })
}

/** The least work in sharp: one decoding, the original's bytes as they are. */
export async function leanRenditions(photo: Buffer): Promise<number> {
  const largest = await largestOf(photo)
  const made = await Promise.all(Object.values(SIZES).map((size) => encoded(largest().resize(within(size)))))
  return made.reduce((n, b) => n + b.length, photo.length)
}

/** A photo of its own each time, so that no cache helps: noise over a gradient, as hard to encode as a real one. */
export const distinctPhoto = (n: number, width = 3000, height = 2000): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: { r: (n * 37) % 255, g: (n * 91) % 255, b: (n * 151) % 255 },
      noise: { type: 'gaussian', mean: 128, sigma: 24 },
    },
  })
    .jpeg({ quality: 85 })
    .toBuffer()
