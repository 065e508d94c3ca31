import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPromises } from './promises.js'
import type { Shown } from './shown-lines.js'
import { differences, STATUS_DOCUMENT, statusDocument, unknownLines } from './status-document.js'

export async function complaint(root: string, shown: readonly Shown[]): Promise<string | undefined> {
  const promises = await readPromises(root)
  const unknown = unknownLines(
    promises,
    shown.map(({ line }) => line),
  )
  if (unknown.length) return `Titles of tests name lines that docs/promises.md has not: ${unknown.join(', ')}.`
  const committed = await readFile(join(root, STATUS_DOCUMENT), 'utf8').catch(() => '')
  const wanted = statusDocument(promises, shown)
  if (committed === wanted) return undefined
  const changed = differences(committed, wanted).join(', ') || 'its wording'
  return `${STATUS_DOCUMENT} is not what this run showed: ${changed}.\nIf this run is right, \`npm run generate -- promises\` writes what it showed; commit that.`
}
