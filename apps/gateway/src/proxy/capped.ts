import { type Readable, Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream'
import { TooLargeError } from '@mpics/service-kit'

/** The same stream, which fails once it is longer than `limit` bytes. What breaks on one side breaks on the other. */
export function capped(body: Readable, limit: number): Readable {
  let length = 0
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      length += chunk.length
      if (length > limit) done(new TooLargeError())
      else done(null, chunk)
    },
  })
  return pipeline(body, counting, () => undefined)
}
