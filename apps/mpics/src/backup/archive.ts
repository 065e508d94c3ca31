import { once } from 'node:events'
import { extract, pack, type Pack } from 'tar-stream'
import type { Bytes } from './place.js'

export interface Entry {
  name: string
  size: number
  bytes: Bytes
}

/** One tar of all entries, made as it is read. */
export async function* archiveOf(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  const archive = pack()
  const filled = fill(archive, entries)
  filled.catch((error: unknown) => archive.destroy(error as Error))
  yield* archive as AsyncIterable<Buffer>
  await filled
}

async function fill(archive: Pack, entries: AsyncIterable<Entry>): Promise<void> {
  for await (const { name, size, bytes } of entries) {
    const written = Promise.withResolvers<void>()
    const entry = archive.entry({ name, size }, (error) => (error ? written.reject(error) : written.resolve()))
    for await (const chunk of bytes) if (!entry.write(chunk)) await once(entry, 'drain')
    entry.end(null)
    await written.promise
  }
  archive.finalize()
}

/** The entries of a tar, each of which is to be read before the next. */
export async function* entriesOf(bytes: Bytes): AsyncGenerator<Entry> {
  const archive = extract()
  const fed = feed(archive, bytes)
  fed.catch((error: unknown) => archive.destroy(error as Error))
  for await (const entry of archive)
    yield { name: entry.header.name, size: entry.header.size ?? 0, bytes: entry as unknown as Bytes }
  await fed
}

async function feed(archive: ReturnType<typeof extract>, bytes: Bytes): Promise<void> {
  for await (const chunk of bytes) if (!archive.write(chunk)) await once(archive, 'drain')
  archive.end(null)
}

export async function wholeOf(bytes: Bytes): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function* single(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
