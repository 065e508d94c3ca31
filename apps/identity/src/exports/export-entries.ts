import { createHash } from 'node:crypto'
import { type Decoded, type DecodedFile, decodePart, ExportStore, Measured, PartDamagedError } from '@mpics/rights'
import type { Export, StoredFile } from './export.js'
import { writers } from './export.js'
import { type Manifest, type ManifestFile, manifestText, README } from './manifest.js'
import type { ZipEntry } from './zip-stream.js'

/** The files of all parts in order, and of what was read the manifest at the end. */
export class ExportEntries {
  /** Bytes of parts that were read. */
  read = 0
  private readonly files: ManifestFile[] = []
  private readonly missing: { name: string; why: string }[] = []
  private readonly collectedAt: Record<string, string> = {}

  constructor(
    private readonly store: ExportStore,
    private readonly of: Export,
    private readonly about: Pick<Manifest, 'madeAt' | 'privacyPolicy'>,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<ZipEntry> {
    for (const service of writers) yield* this.part(service, this.of.parts[service]!)
    yield this.text('README.txt', README)
    const { files, missing, collectedAt } = this
    yield this.text(
      'manifest.json',
      manifestText({ account: this.of.accountId, ...this.about, collectedAt, files, missing }),
    )
  }

  private async *part(service: string, { objectKey, sha256 }: StoredFile): AsyncGenerator<ZipEntry> {
    const part = new Measured(await this.store.open(objectKey))
    for await (const one of decodePart(this.counted(part))) {
      if ('content' in one) yield this.entry(one)
      else this.note(service, one)
    }
    if (part.sha256 !== sha256) throw new PartDamagedError('a part is not what was written')
  }

  private note(service: string, one: Exclude<Decoded, DecodedFile>): void {
    if ('why' in one) this.missing.push({ name: one.name, why: one.why })
    else this.collectedAt[service] = one.collectedAt
  }

  private entry({ name, modifiedAt, text, content }: DecodedFile): ZipEntry {
    return { name, modifiedAt: new Date(modifiedAt), compress: text, content: this.listed(name, content) }
  }

  private async *listed(name: string, content: DecodedFile['content']): AsyncGenerator<Buffer> {
    const { bytes, sha256 } = yield* content
    this.files.push({ name, bytes, sha256 })
  }

  private text(name: string, text: string): ZipEntry {
    const bytes = Buffer.from(text)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (name !== 'manifest.json') this.files.push({ name, bytes: bytes.length, sha256 })
    return { name, modifiedAt: this.about.madeAt, compress: true, content: once(bytes) }
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
