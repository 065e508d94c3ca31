/** A reaction that hears for the caches alone, which drop what is stale after it. */
export const forCaches = {
  idempotence: 'natural',
  delivery: 'every-replica',
  readBackMs: 2_000,
  forCaches: true,
} as const
