import { Injectable } from '@nestjs/common'

/** A file that somebody gave us, beside the documents. */
export interface ExportFile {
  /** Its path in the export, already safe. */
  readonly name: string
  readonly modifiedAt: Date
  readonly bytes: number
  /** Signs links by which it can be read as long as an export may take: where it lies, and where it may be moved to meanwhile. */
  links(): Promise<string[]>
}

type FileSource = (accountId: string) => AsyncIterable<ExportFile>

/** A service whose people gave it files states here how to find them. */
@Injectable()
export class ExportFiles {
  private readonly sources: FileSource[] = []

  register(source: FileSource): void {
    this.sources.push(source)
  }

  async *of(accountId: string): AsyncGenerator<ExportFile> {
    for (const source of this.sources) yield* source(accountId)
  }
}
