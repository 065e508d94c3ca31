import { createHash } from 'node:crypto'

/** Passes bytes on, and knows their number and hash afterwards. */
export class Measured {
  bytes = 0
  private readonly hash = createHash('sha256')

  constructor(private readonly chunks: AsyncIterable<Buffer>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const chunk of this.chunks) {
      this.hash.update(chunk)
      this.bytes += chunk.length
      yield chunk
    }
  }

  get sha256(): string {
    return this.hash.copy().digest('hex')
  }
}
