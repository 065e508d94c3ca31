/** Objects that a backup holds, by their prefixes in the bucket of media. */
export const OBJECTS = { service: 'media', variables: 'MEDIA_S3', uploads: 'uploads/', photos: 'photos/' } as const

/** Exports are copies of the rest, end after a week, and can be ordered again: no backup has them, and a restore removes them. */
export const EXPORTS = 'EXPORTS_S3'

/**
 * Collections that a restored system must not find. Leases and rebuilds are of processes that are gone. Sessions and half log-ins that
 * ended since would come back to life, and so would tokens of programs: everybody logs in again, and makes new ones.
 */
const LEFT_OUT = ['_leases', '_rebuilds', 'sessions', 'program_tokens', 'pending_log_ins', 'exports', '_export_parts']

export const isLeftOut = (collection: string): boolean =>
  LEFT_OUT.includes(collection) || collection.startsWith('_snapshot.')
