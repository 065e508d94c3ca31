import type { Readable } from 'node:stream'
import { ObjectMissingError } from '@mpics/object-store'
import type { ExportFile } from './export-files.js'

/** Hides how long the object store takes to begin an answer; their bytes wait in the sockets. */
const AHEAD = 4

interface Opened {
  file: ExportFile
  content: Readable | ObjectMissingError
}

/** Opens the next files while one is read, and closes those that nobody reads any more. */
export async function* openedAhead(files: AsyncGenerator<ExportFile>): AsyncGenerator<Opened> {
  const waiting: Promise<Opened>[] = []
  try {
    for await (const file of files) {
      waiting.push(opened(file))
      if (waiting.length > AHEAD) yield await waiting.shift()!
    }
    while (waiting.length > 0) yield await waiting.shift()!
  } finally {
    for (const one of await Promise.allSettled(waiting))
      if (one.status === 'fulfilled' && 'destroy' in one.value.content) one.value.content.destroy()
  }
}

function opened(file: ExportFile): Promise<Opened> {
  const opening = file.open().then(
    (content): Opened => ({ file, content }),
    (error: unknown): Opened => {
      if (error instanceof ObjectMissingError) return { file, content: error }
      throw error
    },
  )
  opening.catch(() => undefined)
  return opening
}
