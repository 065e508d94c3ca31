import { failPoint } from '@mpics/eventing'
import { Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { RightsOptions } from '../rights-options.js'
import { ExportPartRepository } from './export-part.repository.js'
import { EXPORT_PARTS, ExportStore, partsOf } from './export-store.js'
import { Measured } from './measured.js'
import { PartContent } from './part-content.js'

export interface WantedPart {
  exportId: string
  accountId: string
}

/** Each attempt has a key of its own, so that nobody reads half of one; what a dead one left goes with the export. */
@Injectable()
export class WriteExportPart {
  /** One after the other: each takes the memory of a few parts of an object. */
  private last: Promise<void> = Promise.resolve()

  constructor(
    private readonly options: RightsOptions,
    private readonly content: PartContent,
    private readonly store: ExportStore,
    private readonly parts: ExportPartRepository,
    private readonly ids: Ids,
  ) {}

  execute(wanted: WantedPart, signal: AbortSignal): Promise<void> {
    const mine = this.last.then(() => this.write(wanted, signal))
    this.last = mine.catch(() => undefined)
    return mine
  }

  private async write({ exportId, accountId }: WantedPart, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (await this.parts.isWritten(exportId)) return
    const { service } = this.options
    const objectKey = partsOf(service, exportId) + this.ids.next()
    let bytes = 0
    const part = new Measured(
      until(
        signal,
        this.content.encoded(accountId, (linked) => (bytes += linked)),
      ),
    )
    await this.store.putStream(objectKey, part, 'application/octet-stream', { parts: EXPORT_PARTS })
    await failPoint('export.afterPart')
    await this.parts.note({ id: exportId, objectKey, sha256: part.sha256, bytes: bytes + part.bytes })
  }
}

async function* until(signal: AbortSignal, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    yield chunk
  }
}
