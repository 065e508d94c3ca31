import sharp, { type SharpOptions } from 'sharp'
import { MAX_PIXELS } from './structure/judge-structure.js'

// Only four decoders read strangers' files (https://sharp.pixelplumbing.com/api-utility#block). No picture comes twice, so a
// cache would only hold memory.
sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'],
})

/** Decodes strangers' files. */
export const CAUTIOUS = { limitInputPixels: MAX_PIXELS, failOn: 'truncated' } satisfies SharpOptions

export { sharp }
