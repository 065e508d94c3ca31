import { EXPORT_PARTS, ExportStore, Measured } from '@mpics/rights'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import type { Export, StoredFile } from './export.js'
import { ExportEntries } from './export-entries.js'
import { fileKey } from './export-objects.js'
import { ReadParts } from './read-parts.js'
import { zipStream } from './zip-stream.js'

const TELL_MS = 5_000

/** Streams the parts of an export into one zip, and tells on the way how many of their bytes were read. */
@Injectable()
export class WriteExportFile {
  constructor(
    private readonly store: ExportStore,
    private readonly parts: ReadParts,
    private readonly policies: PoliciesInForce,
    private readonly clock: Clock,
  ) {}

  /** `goesOn` says whether the work is still ours. */
  async execute(of: Export, joiner: string, goesOn: (read: number) => Promise<boolean>): Promise<StoredFile> {
    const about = { madeAt: this.clock.now(), privacyPolicy: await this.policies.privacyVersion() }
    const entries = new ExportEntries(this.parts, of, about)
    const zip = zipStream(entries)
    const objectKey = fileKey(of.id, joiner)
    const file = new Measured(zip)
    const stop = () => void zip.destroy(new Error('somebody else joins it, or it is over'))
    const tell = () =>
      void goesOn(entries.read).then(
        (mine) => mine || stop(),
        () => undefined,
      )
    const telling = setInterval(tell, TELL_MS)
    try {
      await this.store.putStream(objectKey, file, 'application/zip', { parts: EXPORT_PARTS })
      return { objectKey, sha256: file.sha256, bytes: file.bytes }
    } finally {
      clearInterval(telling)
      zip.destroy()
    }
  }
}
