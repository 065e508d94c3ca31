import { createHash } from 'node:crypto'
import { Frames } from './frames.js'
import { type FileEnd, type FileHead, type LinkedFile, PartDamagedError, type PartEnd } from './part-format.js'

/** `content` has to be read to its end before the next one is asked for; it refuses bytes of another hash. */
export type DecodedFile = FileHead & { content: AsyncGenerator<Buffer, FileEnd> }
export type Decoded = DecodedFile | LinkedFile | PartEnd

/** Reads what `encodePart` wrote. The last one is the end of the part. */
export async function* decodePart(chunks: AsyncIterable<Buffer>): AsyncGenerator<Decoded> {
  const frames = new Frames(chunks)
  for (;;) {
    const { kind, length } = await frames.header()
    if (kind === 'F') yield { ...(await frames.json<FileHead>(length)), content: contentOf(frames) }
    else if (kind === 'R') yield await frames.json<LinkedFile>(length)
    else if (kind === 'Z') {
      yield await frames.json<PartEnd>(length)
      return frames.assertOver()
    } else throw new PartDamagedError('a part has bytes between its files')
  }
}

async function* contentOf(frames: Frames): AsyncGenerator<Buffer, FileEnd> {
  const hash = createHash('sha256')
  for (;;) {
    const { kind, length } = await frames.header()
    if (kind === 'E') return checked(await frames.json<FileEnd>(length), hash.digest('hex'))
    if (kind !== 'D') throw new PartDamagedError('a file of a part does not end')
    for await (const chunk of frames.bytes(length)) {
      hash.update(chunk)
      yield chunk
    }
  }
}

function checked(end: FileEnd, sha256: string): FileEnd {
  if (end.sha256 !== sha256) throw new PartDamagedError('a file of a part is not what was written')
  return end
}
