import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer'
import type { Column, ColumnType, Row } from './columns.js'

/** Rows that are held at once; readers skip whole groups by their statistics. */
const ROW_GROUP = 10_000

/** One file of Parquet, group after group, as fast as it is read. */
export function parquetOf(columns: readonly Column[], rows: AsyncIterable<Row>): Readable {
  const stream = new PassThrough()
  const writer = new GroupWriter(stream)
  const written = parquetWriteRows({
    writer,
    rows: stored(columns, rows),
    columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    rowGroupSize: ROW_GROUP,
    createdBy: 'Million Pictures',
  })
  void Promise.resolve(written).then(
    () => stream.end(),
    (error: Error) => stream.destroy(error),
  )
  return stream
}

/** Hands each group on and waits until it is taken. */
class GroupWriter extends ByteWriter {
  constructor(private readonly stream: PassThrough) {
    super()
  }

  async flush(): Promise<void> {
    const bytes = Buffer.from(this.getBytes())
    this.index = 0
    if (this.stream.destroyed) throw new Error('nobody reads the table any more')
    if (this.stream.write(bytes)) return
    const leaving = new AbortController()
    const { signal } = leaving
    await Promise.race([once(this.stream, 'drain', { signal }), once(this.stream, 'close', { signal })])
    leaving.abort()
  }

  // oxlint-disable-next-line typescript/no-misused-promises -- its types do not tell that it waits for a promise
  override finish(): Promise<void> {
    return this.flush()
  }
}

const STORED: Readonly<Record<ColumnType, (value: unknown) => unknown>> = {
  STRING: String,
  INT64: (value) => BigInt(value as number),
  DOUBLE: Number,
  BOOLEAN: Boolean,
  TIMESTAMP: (value) => new Date(value as string),
}

async function* stored(columns: readonly Column[], rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows)
    yield Object.fromEntries(columns.map(({ name, type }) => [name, storedIn(type, row[name])]))
}

const storedIn = (type: ColumnType, value: unknown) =>
  value === null || value === undefined ? null : STORED[type](value)
