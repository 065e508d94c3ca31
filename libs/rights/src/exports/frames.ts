import { type FrameKind, HEADER_BYTES, MAX_FRAME_BYTES, PartDamagedError } from './part-format.js'

/** Takes bytes from a stream as they are wanted. */
export class Frames {
  private readonly source: AsyncIterator<Buffer>
  private left: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.source = chunks[Symbol.asyncIterator]()
  }

  async header(): Promise<{ kind: FrameKind; length: number }> {
    const header = await this.whole(HEADER_BYTES)
    const [kind, length] = [header.toString('latin1', 0, 1) as FrameKind, header.readUInt32BE(1)]
    if (!'FDERZ'.includes(kind) || length > MAX_FRAME_BYTES) throw new PartDamagedError('a part has no such frame')
    return { kind, length }
  }

  async json<T>(length: number): Promise<T> {
    return JSON.parse((await this.whole(length)).toString()) as T
  }

  /** The bytes of one frame, as they came. */
  async *bytes(length: number): AsyncGenerator<Buffer> {
    for (let wanted = length; wanted > 0;) {
      if (this.left.length === 0) await this.more()
      const chunk = this.left.subarray(0, wanted)
      this.left = this.left.subarray(chunk.length)
      wanted -= chunk.length
      yield chunk
    }
  }

  /** Nothing may follow the last frame. */
  async assertOver(): Promise<void> {
    if (this.left.length > 0 || !(await this.source.next()).done) throw new PartDamagedError('a part does not end')
  }

  private async whole(length: number): Promise<Buffer> {
    while (this.left.length < length) await this.more()
    const taken = this.left.subarray(0, length)
    this.left = this.left.subarray(length)
    return taken
  }

  private async more(): Promise<void> {
    const next = await this.source.next()
    if (next.done) throw new PartDamagedError('a part breaks off')
    this.left = this.left.length === 0 ? next.value : Buffer.concat([this.left, next.value])
  }
}
