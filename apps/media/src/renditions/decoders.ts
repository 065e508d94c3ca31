import sharp, { type SharpOptions } from 'sharp'

export const MAX_PIXELS = 50_000_000

// Files of strangers meet four decoders and no other (https://sharp.pixelplumbing.com/api-utility#block); each picture comes
// once, so a cache would only hold memory.
sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'],
})

/** For what strangers upload. */
export const CAUTIOUS = { limitInputPixels: MAX_PIXELS, failOn: 'truncated' } satisfies SharpOptions

export { sharp }
