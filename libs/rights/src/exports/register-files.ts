import { type HeldData, nameOfStore } from '@mpics/mongo'
import { csvLine, type Row, rowsOf } from './csv.js'

/** Writes one entry of the register as a document, and notes on the way which columns its rows have. */
export class RegisterFile {
  readonly columns = new Set<string>()

  constructor(
    private readonly entry: HeldData,
    private readonly accountId: string,
  ) {}

  async *json(): AsyncGenerator<Buffer> {
    const { store, subject, purpose, retention, fields } = this.entry
    const head = JSON.stringify({ place: nameOfStore(store), subject, purpose, retention }, null, 2)
    yield Buffer.from(`${head.slice(0, -2)},\n  "records": [`)
    let separator = '\n    '
    for await (const record of this.entry.export(this.accountId)) {
      this.note(record)
      yield Buffer.from(separator + JSON.stringify(record))
      separator = ',\n    '
    }
    yield Buffer.from(`\n  ],\n  "fields": ${JSON.stringify(fields, null, 2).replaceAll('\n', '\n  ')}\n}\n`)
  }

  /** After `json`, since the columns are known then. What is added meanwhile has its place in the document of the next export. */
  async *csv(): AsyncGenerator<Buffer> {
    const columns = [...this.columns]
    yield Buffer.from(csvLine(columns))
    for await (const record of this.entry.export(this.accountId))
      for (const row of rowsOf(record)) yield Buffer.from(csvLine(columns.map((column) => row[column])))
  }

  private note(record: Row): void {
    for (const row of rowsOf(record)) for (const column of Object.keys(row)) this.columns.add(column)
  }
}
