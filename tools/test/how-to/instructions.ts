import { readFileSync } from 'node:fs'

/** The instructions of a how-to: commands, and edits of files by hand. */
export interface Instructions {
  /** Arguments of `npm run new --`. */
  commands: string[][]
  edits: Edit[]
}

export interface Edit {
  path: string
  apply: (text: string | undefined) => string
}

const BLOCK = /^```(\w+)(?: +(\S+))?\n([\s\S]*?)^```$/gm

/** Reads the blocks of a document: `sh`, `diff <path>` for a part of a file, and `<language> <path>` for a whole one. */
export function instructionsOf(document: string): Instructions {
  const blocks = [...readFileSync(document, 'utf8').matchAll(BLOCK)].map(([, language, path, text]) => ({
    language: language!,
    path,
    text: text!,
  }))
  return {
    commands: blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => [...text.matchAll(/^npm run new -- (.*)$/gm)])
      .map(([, words]) => words!.trim().split(/\s+/)),
    edits: blocks.flatMap(({ language, path, text }) =>
      path ? [{ path, apply: language === 'diff' ? (old) => patched(path, old, text) : () => text }] : [],
    ),
  }
}

/** Each part, between lines `@@`, is found by its text alone, so that a document holds no line numbers. */
function patched(path: string, old: string | undefined, diff: string): string {
  if (old === undefined) throw new Error(`${path} is not there`)
  return diff.split(/^@@.*\n/m).reduce((text, part) => replaced(path, text, part), old)
}

function replaced(path: string, text: string, part: string): string {
  const lines = part.split('\n').slice(0, -1)
  const side = (other: '+' | '-') => lines.filter((line) => !line.startsWith(other)).map((line) => `${line.slice(1)}\n`)
  const [before, after] = [side('+').join(''), side('-').join('')]
  const found = text.split(before).length - 1
  if (found !== 1) throw new Error(`${path} has the following ${found} times, not once:\n${before}`)
  return text.replace(before, () => after)
}
