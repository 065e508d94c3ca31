import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Promised {
  id: string
  clause: string
  /** Numbers of the lines that say how a test shows it: `B31.1`. */
  lines: string[]
}

/** `- B01 "clause" · behaviour`, and below it `  - B01.1 how a test shows it` */
const PROMISE = /^- (B\d\d) (.*?) · /
const LINE = /^ {2}- (B\d\d)(\.\d+) \S/

export function promisesIn(text: string): Promised[] {
  const found: Promised[] = []
  for (const row of text.split('\n')) {
    const [, id, clause] = PROMISE.exec(row) ?? []
    if (id) found.push({ id, clause: clause!, lines: [] })
    const [, of, number] = LINE.exec(row) ?? []
    if (of && found.at(-1)?.id === of) found.at(-1)!.lines.push(of + number)
  }
  return found
}

export const readPromises = async (root: string): Promise<Promised[]> =>
  promisesIn(await readFile(join(root, 'docs/promises.md'), 'utf8'))
