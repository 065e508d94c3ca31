import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { ExportLinks, type LinkedFile, trueName } from '@mpics/rights'

/** Hides how long the store takes to begin an answer; bytes of the next files wait in their sockets. */
const AHEAD = 8

export interface OpenedFile {
  file: LinkedFile
  /** Null: it went while the export was made. */
  content: Readable | null
}

/** A photo that was processed meanwhile is of another type than its upload was. */
const opened = (file: LinkedFile, content: IncomingMessage | null): OpenedFile => ({
  file: { ...file, name: trueName(file.name, content?.headers['content-type']) },
  content,
})

/** The files that a part links to, in order, the next ones opened while one is read. */
export class OpenedFiles {
  private readonly waiting: Promise<OpenedFile>[] = []

  constructor(private readonly links: ExportLinks) {}

  add(file: LinkedFile): void {
    const opening = this.links.openIfThere(file.links).then((content) => opened(file, content))
    opening.catch(() => undefined)
    this.waiting.push(opening)
  }

  /** Those that must be read before another one is opened; with `all` every one. */
  async *next(all = false): AsyncGenerator<OpenedFile> {
    while (this.waiting.length > (all ? 0 : AHEAD - 1)) yield await this.waiting.shift()!
  }

  async close(): Promise<void> {
    for (const one of await Promise.allSettled(this.waiting))
      if (one.status === 'fulfilled') one.value.content?.destroy()
  }
}
