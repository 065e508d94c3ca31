import { buffer } from 'node:stream/consumers'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { LakeStore } from '../../src/lake/lake-store.js'
import type { AnalyticsHarness } from './analytics-harness.js'

/** The bucket as an analyst sees it. */
export class Lake {
  constructor(private readonly analytics: AnalyticsHarness) {}

  get store(): LakeStore {
    return this.analytics.service.get(LakeStore)
  }

  /** Keys with the content's name, in order. */
  async objects(prefix = ''): Promise<Record<string, string>> {
    const found: Record<string, string> = {}
    for await (const { key, etag } of this.store.objectsUnder(prefix)) found[key] = etag
    return found
  }

  async rows(key: string): Promise<Record<string, unknown>[]> {
    return parquetReadObjects({ file: await this.bytes(key) })
  }

  /** Each column with how it is stored and what that means. */
  async types(key: string): Promise<Record<string, string>> {
    const [, ...columns] = parquetMetadata(await this.bytes(key)).schema
    return Object.fromEntries(
      columns.map(({ name, type, repetition_type: presence, converted_type: meaning }) => [
        name,
        [type, presence, meaning].filter(Boolean).join(' '),
      ]),
    )
  }

  private async bytes(key: string): Promise<ArrayBuffer> {
    return new Uint8Array(await buffer(await this.store.open(key))).buffer
  }
}
