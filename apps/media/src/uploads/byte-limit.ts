import { PhotoTooLargeError } from './upload.errors.js'

export const MAX_BYTES = 40 * 1000 * 1000

/** Counts the bytes, and fails as soon as there are too many: the length that a client claims proves nothing. */
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
