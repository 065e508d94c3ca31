import type { Readable } from 'node:stream'
import { failPoint } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { HourFile } from '../hour-files/hour-file.js'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'
import type { Row } from '../tables/columns.js'
import { contentTypes } from '../tables/encode-table.js'
import { parquetOf } from '../tables/parquet.js'
import { HourTableRows } from './hour-table-rows.js'
import { LakeStore } from './lake-store.js'

/** Puts an object in place of the one before; an hour with nothing to tell has none. Any step may be repeated. */
@Injectable()
export class WriteHourFile {
  constructor(
    private readonly content: HourTableRows,
    private readonly store: LakeStore,
    private readonly files: HourFilesRepository,
  ) {}

  async execute(file: HourFile): Promise<void> {
    if (file.isErasing) await this.giveUpUnfinished(file)
    const etag = await this.put(file)
    await failPoint('lake.afterPut')
    await this.files.wrote(file, etag)
  }

  /** What a writer who died has sent may name the page that is erased. */
  private async giveUpUnfinished({ _id: key }: HourFile): Promise<void> {
    for await (const upload of this.store.unfinishedUnder(key)) await this.store.giveUp(upload)
  }

  private async put(file: HourFile): Promise<string | null> {
    const { columns, rows } = this.content.of(file)
    const reading = rows[Symbol.asyncIterator]()
    const first = await reading.next()
    if (!first.done) return this.replace(file, parquetOf(columns, startingWith(first.value, reading)))
    await this.store.remove([file._id])
    return null
  }

  /** A table that the store does not take is read no further. */
  private async replace({ _id: key }: HourFile, table: Readable): Promise<string> {
    try {
      return (await this.store.putStream(key, table, contentTypes.parquet)).etag
    } finally {
      table.destroy()
    }
  }
}

async function* startingWith(first: Row, others: AsyncIterator<Row>): AsyncGenerator<Row> {
  yield first
  yield* { [Symbol.asyncIterator]: () => others }
}
