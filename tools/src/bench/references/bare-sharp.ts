import sharp from 'sharp'

/** The three sizes and the clean original, one decode each cascade, without anything around it. */
export async function bareRenditions(photo: Buffer): Promise<number> {
  const upright = sharp(photo).rotate()
  const sizes = [320, 1080, 2048]
  const made = await Promise.all([
    upright.clone().jpeg({ quality: 90 }).toBuffer(),
    ...sizes.map((size) =>
      upright.clone().resize(size, size, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 80 }).toBuffer(),
    ),
  ])
  return made.reduce((n, b) => n + b.length, 0)
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
