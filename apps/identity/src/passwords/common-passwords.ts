import { readFileSync } from 'node:fs'

/** More digits and signs than this around a common password are no decoration, but a secret of their own. */
const MAX_DECORATION = 10
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '+': 't',
  '|': 'i',
  l: 'i',
}
const spelled = (text: string): string => [...text].map((letter) => LETTERS[letter] ?? letter).join('')

const list = readFileSync(new URL('../../passwords/common-passwords.txt', import.meta.url), 'utf8')
const COMMON = new Set(list.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : spelled(line))))

/**
 * Whether a password, in lower case, is among the most used ones or one of their usual mutations: written again and again or
 * backwards, with signs between or digits and signs around it, or with digits and signs for letters.
 */
export function isCommon(password: string): boolean {
  return [password, password.replaceAll(/[^\p{L}\p{N}]/gu, '')].flatMap(coresOf).some((core) => {
    const word = spelled(core)
    return COMMON.has(word) || COMMON.has([...word].reverse().join(''))
  })
}

/** The text itself and all that is left when digits and signs are cut from its ends. */
function coresOf(text: string): string[] {
  const before = /^[^\p{L}]*/u.exec(text)![0].length
  const after = /[^\p{L}]*$/u.exec(text)![0].length
  const cores: string[] = []
  for (let from = 0; from <= Math.min(before, MAX_DECORATION); from++)
    for (let cut = 0; cut <= Math.min(after, MAX_DECORATION - from); cut++)
      cores.push(text.slice(from, text.length - cut))
  return cores.flatMap((core) => [core, ...unitsOf(core)])
}

function unitsOf(text: string): string[] {
  const length = (text + text).indexOf(text, 1)
  return length < text.length ? [1, 2, 3].map((times) => text.slice(0, length * times)) : []
}
