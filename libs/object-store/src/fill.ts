import type { FileHandle } from 'node:fs/promises'

/** Writes the next bytes of a source into `target`; resolves to how many, fewer than fit only at the end. */
export type Fill = (target: Buffer) => Promise<number>

export function fillFromChunks(chunks: AsyncIterable<Buffer>): Fill {
  const source = chunks[Symbol.asyncIterator]()
  let left = Buffer.alloc(0)
  return async (target) => {
    let filled = 0
    for (;;) {
      const taken = left.copy(target, filled)
      left = left.subarray(taken)
      filled += taken
      if (filled === target.length) return filled
      const next = await source.next()
      if (next.done) return filled
      left = next.value as Buffer<ArrayBuffer>
    }
  }
}

export const fillFromFile =
  (file: FileHandle): Fill =>
  async (target) => {
    for (let filled = 0; ;) {
      const { bytesRead } = await file.read(target, filled, target.length - filled)
      filled += bytesRead
      if (bytesRead === 0 || filled === target.length) return filled
    }
  }
