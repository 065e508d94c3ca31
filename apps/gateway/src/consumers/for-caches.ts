import { ACCESS_TOKEN_SECONDS } from '../auth/access-token.js'

/** A reaction that hears for the caches alone, which drop what is stale after it. */
export const forCaches = {
  idempotence: 'natural',
  delivery: 'every-replica',
  readBackMs: 2_000,
  forCaches: true,
} as const

/** Of a topic with exact times: a new replica reads back what ended tokens that could still be good. The minute covers clocks that differ. */
export const EXACT_READ_BACK_MS = (ACCESS_TOKEN_SECONDS + 60) * 1000
