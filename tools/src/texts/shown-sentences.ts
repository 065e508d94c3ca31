import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A sentence for the people of the site, and the title of the test that shows it, without the promise's number. */
export interface ShownSentence {
  file: string
  sentence: string
  /** Undefined where the source says that it promises nothing. */
  test?: string
}

/** Documents whose sentences have marks; of the Terms the newest version alone: what earlier ones said stays as it was said. */
const SOURCES = ['apps/gateway/src/pages/*-help.ts']
const TERMS = 'apps/identity/policies/terms-2*.md'

const IN_MARKDOWN = /([^\n]*?)<!-- (?:shown by: (.+?)|no promise) -->/g
const IN_CODE = /\/\/ shown by: (.+)\n\s*'([^'\n]+)'/g

const lastSentence = (text: string) =>
  text
    .replace(/^[-\s]+/, '')
    .trim()
    .split(/(?<=[.!?]) +/)
    .at(-1)!

const inMarkdown = (file: string, text: string): ShownSentence[] =>
  [...text.matchAll(IN_MARKDOWN)].map(([, before = '', test]) => ({ file, sentence: lastSentence(before), test }))

const inCode = (file: string, text: string): ShownSentence[] =>
  [...text.matchAll(IN_CODE)].map(([, test, sentence = '']) => ({ file, sentence, test }))

export async function shownSentences(root: string): Promise<ShownSentence[]> {
  const found: ShownSentence[] = []
  const versions = globSync(TERMS, { cwd: root }).sort()
  for (const file of [...globSync(SOURCES, { cwd: root }), ...versions.slice(-1)]) {
    const text = await readFile(join(root, file), 'utf8')
    found.push(...(file.endsWith('.md') ? inMarkdown(file, text) : inCode(file, text)))
  }
  return found
}

/** Sentences of a document in Markdown that have no mark. */
export function unmarked(text: string): string[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.flatMap((line) => {
    const plain = line.replace(IN_MARKDOWN, (_, before: string) =>
      before.slice(0, before.lastIndexOf(lastSentence(before))),
    )
    return plain
      .replace(/^- /, '')
      .split(/(?<=[.!?]) +/)
      .filter((sentence) => /\p{L}/u.test(sentence))
  })
}
