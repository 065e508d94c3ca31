import { PhotoTooLargeError } from './upload.errors.js'

export const MAX_BYTES = 40 * 1000 * 1000

/** Counts what passes, and breaks off as soon as it is too much: the length that a client claims proves nothing. */
export class ByteLimit {
  bytes = 0

  async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.bytes += chunk.length
      if (this.bytes > MAX_BYTES) throw new PhotoTooLargeError()
      yield chunk
    }
  }
}
