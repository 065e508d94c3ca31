import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** `[title](path of a test file)` */
const LINK = /\[`([^`]+)`\]\(([^)]+\.ts)\)/g

/** Tests that a document names by title and file, and that are not there. */
export async function missingTests(root: string, document: string): Promise<string[]> {
  const text = await readFile(join(root, document), 'utf8')
  const named = [...text.matchAll(LINK)].map(([, title, file]) => ({ title: title!, file: file! }))
  if (named.length === 0) return [`${document} names no test at all`]
  const found = await Promise.all(
    named.map(async ({ title, file }) => {
      const test = await readFile(join(root, dirname(document), file), 'utf8').catch(() => '')
      return test.includes(title) ? [] : [`${document} names “${title}”, which is not in ${file}`]
    }),
  )
  return found.flat()
}
