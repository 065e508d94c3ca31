import { finished, type Readable, Transform, type TransformCallback } from 'node:stream'
import { TooLargeError } from '@mpics/service-kit'

/**
 * The same stream, which fails once it is longer than `limit` bytes. The client’s side is left open then, for there is still
 * an answer to be sent to it; a client that breaks off breaks off the rest.
 */
export function capped(body: Readable, limit: number): Readable {
  let length = 0
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      length += chunk.length
      if (length > limit) done(new TooLargeError())
      else done(null, chunk)
    },
  })
  finished(body, (error) => error && counting.destroy(error))
  // a connection that is closed over unread bytes is reset, and the client would never read why its upload failed
  counting.once('close', () => {
    if (!(counting.errored instanceof TooLargeError)) body.resume()
  })
  return body.pipe(counting)
}
