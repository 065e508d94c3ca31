import { createHash } from 'node:crypto'
import { type DecodedFile, decodePart, Measured, PartDamagedError } from '@mpics/rights'
import { type Export, type StoredFile, writers } from './export.js'
import { type Manifest, type ManifestFile, manifestText, README } from './manifest.js'
import { type OpenedFile, OpenedFiles } from './opened-files.js'
import type { ReadParts } from './read-parts.js'
import type { ZipEntry } from './zip-stream.js'

/** The files of all parts in order, and of what was read the manifest at the end. */
export class ExportEntries {
  /** Bytes of parts, and of what they link to, that were read. */
  read = 0
  private readonly files: ManifestFile[] = []
  private readonly missing: { name: string; why: string }[] = []
  private readonly collectedAt: Record<string, string> = {}

  constructor(
    private readonly parts: ReadParts,
    private readonly of: Export,
    private readonly about: Pick<Manifest, 'madeAt' | 'privacyPolicy'>,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<ZipEntry> {
    for (const service of writers) yield* this.part(service, this.of.parts[service]!)
    yield this.text('README.txt', README)
    const { files, missing, collectedAt } = this
    const manifest = manifestText({ account: this.of.accountId, ...this.about, collectedAt, files, missing })
    yield { ...this.head('manifest.json'), content: once(Buffer.from(manifest)) }
  }

  private async *part(service: string, { objectKey, sha256 }: StoredFile): AsyncGenerator<ZipEntry> {
    const part = new Measured(await this.parts.open(objectKey))
    const opened = new OpenedFiles(this.parts.links)
    try {
      for await (const one of decodePart(this.counted(part))) {
        if ('links' in one) opened.add(one)
        yield* this.linked(opened.next(!('links' in one)))
        if ('content' in one) yield this.entry(one)
        else if ('collectedAt' in one) this.collectedAt[service] = one.collectedAt
      }
    } finally {
      await opened.close()
    }
    if (part.sha256 !== sha256) throw new PartDamagedError('a part is not what was written')
  }

  private async *linked(opened: AsyncIterable<OpenedFile>): AsyncGenerator<ZipEntry> {
    for await (const { file, content } of opened) {
      const { name, modifiedAt } = file
      if (content)
        yield { name, modifiedAt: new Date(modifiedAt), compress: false, content: this.listed(name, content) }
      else this.missing.push({ name, why: 'it went while the export was made' })
    }
  }

  private entry({ name, modifiedAt, text, content }: DecodedFile): ZipEntry {
    return { name, modifiedAt: new Date(modifiedAt), compress: text, content: this.noted(name, content) }
  }

  /** Its hash was compared where it was read. */
  private async *noted(name: string, content: DecodedFile['content']): AsyncGenerator<Buffer> {
    const { bytes, sha256 } = yield* content
    this.files.push({ name, bytes, sha256 })
  }

  private async *listed(name: string, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const file = new Measured(content)
    yield* this.counted(file)
    this.files.push({ name, bytes: file.bytes, sha256: file.sha256 })
  }

  private text(name: string, text: string): ZipEntry {
    const bytes = Buffer.from(text)
    this.files.push({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    return { ...this.head(name), content: once(bytes) }
  }

  private head(name: string): Omit<ZipEntry, 'content'> {
    return { name, modifiedAt: this.about.madeAt, compress: true }
  }

  private async *counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.read += chunk.length
      yield chunk
    }
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
