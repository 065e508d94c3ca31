import { ExportStore, partsOf } from '@mpics/rights'
import { Injectable } from '@nestjs/common'
import { writers } from './export.js'

export const FILES = 'files/'

/** Each attempt to join has a key of its own: whoever reads a file never sees another one under its name. */
export const fileKey = (exportId: string, joiner: string) => `${FILES}${exportId}/${joiner}.zip`

/** What lies in the bucket for an export, of finished and dead attempts alike. */
@Injectable()
export class ExportObjects {
  constructor(private readonly store: ExportStore) {}

  async *keys(exportId: string): AsyncGenerator<string> {
    for (const prefix of prefixesOf(exportId)) yield* this.store.keysUnder(prefix)
  }

  async remove(exportId: string): Promise<number> {
    const keys: string[] = []
    for await (const key of this.keys(exportId)) keys.push(key)
    await this.store.remove(keys)
    for (const prefix of prefixesOf(exportId))
      for await (const upload of this.store.unfinishedUnder(prefix)) await this.store.giveUp(upload)
    return keys.length
  }

  removeKeys(keys: readonly string[]): Promise<void> {
    return this.store.remove(keys)
  }

  /** The file stays. */
  async removeAllBut(exportId: string, objectKey: string): Promise<void> {
    const keys: string[] = []
    for await (const key of this.keys(exportId)) if (key !== objectKey) keys.push(key)
    await this.store.remove(keys)
  }
}

const prefixesOf = (exportId: string) => [
  `${FILES}${exportId}/`,
  ...writers.map((service) => partsOf(service, exportId)),
]
