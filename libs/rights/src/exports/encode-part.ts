import { createHash } from 'node:crypto'
import { type FileHead, frameHeader, type FrameKind, type LinkedFile } from './part-format.js'

export type PartItem = (FileHead & { content: AsyncIterable<Buffer> }) | LinkedFile

/** Writes files one after the other, whatever their number and size. */
export async function* encodePart(items: AsyncIterable<PartItem>, collectedAt: Date): AsyncGenerator<Buffer> {
  for await (const item of items)
    if ('links' in item) yield* told('R', item)
    else yield* file(item)
  yield* told('Z', { collectedAt: collectedAt.toISOString() })
}

async function* file({ content, ...head }: Exclude<PartItem, LinkedFile>): AsyncGenerator<Buffer> {
  yield* told('F', head)
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content) {
    if (chunk.length === 0) continue
    yield frameHeader('D', chunk.length)
    yield chunk
    hash.update(chunk)
    bytes += chunk.length
  }
  yield* told('E', { bytes, sha256: hash.digest('hex') })
}

function* told(kind: FrameKind, what: object): Generator<Buffer> {
  const payload = Buffer.from(JSON.stringify(what))
  yield frameHeader(kind, payload.length)
  yield payload
}
