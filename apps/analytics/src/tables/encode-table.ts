import { Readable } from 'node:stream'
import type { analytics } from '@mpics/contracts'
import { csvLine } from '@mpics/rights'
import type { Column, Row } from './columns.js'
import { parquetOf } from './parquet.js'

type TableFormat = analytics.TableFormat

export const contentTypes: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

const CHUNK = 64 * 1024

/** A table as bytes, in bounded memory. CSV has a line of names (RFC 4180); JSON lines leave out what is absent. */
export function encodeTable(format: TableFormat, columns: readonly Column[], rows: AsyncIterable<Row>): Readable {
  if (format === 'parquet') return parquetOf(columns, rows)
  const lines = format === 'csv' ? csvLines(columns, rows) : jsonLines(rows)
  return Readable.from(inChunks(lines), { objectMode: false, highWaterMark: CHUNK })
}

async function* csvLines(columns: readonly Column[], rows: AsyncIterable<Row>): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name)
  yield csvLine(names)
  for await (const row of rows) yield csvLine(names.map((name) => row[name]))
}

async function* jsonLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let chunk = ''
  for await (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  if (chunk) yield Buffer.from(chunk)
}
