import { finished, type Readable, Transform, type TransformCallback } from 'node:stream'
import { TooLargeError } from '@mpics/service-kit'

/**
 * Passes a stream on and fails once it is longer than `limit` bytes. The client’s side stays open then, since it still gets
 * an answer; a client that breaks off ends both sides.
 */
export function capped(body: Readable, limit: number): Transform {
  let length = 0
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      length += chunk.length
      if (length > limit) done(new TooLargeError())
      else done(null, chunk)
    },
  })
  finished(body, (error) => error && counting.destroy(error))
  // closing over unread bytes resets the connection, and the client would never read why its upload failed
  counting.once('close', () => {
    if (!(counting.errored instanceof TooLargeError)) body.resume()
  })
  return body.pipe(counting)
}
