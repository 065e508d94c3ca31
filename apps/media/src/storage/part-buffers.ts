/** The least that S3 takes as a part (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
export const PART_BYTES = 5 * 1024 * 1024
const CAPACITY = 4

/**
 * Memory for what is on its way to the store, used again and again: buffers of this size made anew for each photo cost a
 * full garbage collection each (measured: 100 ms of CPU a photo).
 */
export class PartBuffers {
  private readonly free: Buffer[] = []

  async lend<T>(use: (buffer: Buffer) => Promise<T>): Promise<T> {
    const buffer = this.free.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES)
    try {
      return await use(buffer)
    } finally {
      if (this.free.length < CAPACITY) this.free.push(buffer)
    }
  }
}
