import { type Entry, openPromise, type ZipFile } from 'yauzl'

const MIB = 1024 * 1024
/** What the site takes of a photo, and what documents of many years come to. */
const MAX_BYTES = { photo: 40 * MIB, document: 256 * MIB }
const MAX_FILES = 1_000_000
/** Nothing that people write becomes so much smaller; zeros do. */
const MAX_RATIO = 200

export class ArchiveError extends Error {}

/** A zip of a stranger: names lead nowhere else, and no file is larger than it says or may be. Nothing of it is written to disk. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(path: string): Promise<Archive> {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true }
    const zip = await openPromise(path, options).catch((error: Error) => {
      throw new ArchiveError(`${path} cannot be read as a zip: ${error.message}`)
    })
    if (zip.entryCount > MAX_FILES) throw new ArchiveError(`The zip has ${zip.entryCount} files, which no export has.`)
    return new Archive(zip, await entriesOf(zip))
  }

  names(): string[] {
    return [...this.entries.keys()]
  }

  /** A photo that was still processed when its record was written ends in another way: its name begins with its id. */
  photoAt(file: string): string {
    if (this.entries.has(file)) return file
    const id = /^photos\/[0-9a-f-]{36}/.exec(file)?.[0]
    return this.names().find((name) => id !== undefined && name.startsWith(id)) ?? file
  }

  bytesOf(name: string): number | undefined {
    return this.entries.get(name)?.uncompressedSize
  }

  async bytes(name: string): Promise<Buffer<ArrayBuffer>> {
    const chunks: Buffer[] = []
    for await (const chunk of this.stream(name)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  async *stream(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name)
    if (!entry) throw new ArchiveError(`The zip has no ${name}.`)
    const opened = Promise.withResolvers<AsyncIterable<Buffer>>()
    this.zip.openReadStream(entry, (error, stream) => (error ? opened.reject(error) : opened.resolve(stream)))
    try {
      yield* await opened.promise
    } catch (error) {
      throw new ArchiveError(`${name} of the zip cannot be read: ${(error as Error).message}`)
    }
  }

  close(): void {
    this.zip.close()
  }
}

/** yauzl refuses names with `..`, backslashes or a root. */
async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  const read = Promise.withResolvers<void>()
  zip.on('error', (error: Error) => read.reject(new ArchiveError(`The zip is refused: ${error.message}`)))
  zip.on('end', read.resolve)
  zip.on('entry', (entry: Entry) => {
    try {
      check(entry, entries)
      entries.set(entry.fileName, entry)
      zip.readEntry()
    } catch (error) {
      read.reject(error)
    }
  })
  zip.readEntry()
  await read.promise
  return entries
}

function check(entry: Entry, others: ReadonlyMap<string, Entry>): void {
  const { fileName: name, uncompressedSize, compressedSize } = entry
  if (others.has(name)) throw new ArchiveError(`The zip has ${name} twice.`)
  if (!entry.canDecodeFileData()) throw new ArchiveError(`${name} of the zip is encrypted, or packed in another way.`)
  const most = name.startsWith('photos/') ? MAX_BYTES.photo : MAX_BYTES.document
  const isBomb = uncompressedSize > MIB && uncompressedSize > MAX_RATIO * compressedSize
  if (uncompressedSize > most || isBomb) throw new ArchiveError(`${name} of the zip is larger than it can be.`)
}
