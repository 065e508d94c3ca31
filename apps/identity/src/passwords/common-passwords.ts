import { accessSync, readFileSync } from 'node:fs'

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

const file = new URL('../../passwords/common-passwords.txt', import.meta.url)
// a service without it must not start
accessSync(file)
const isWord = (line: string): boolean => line !== '' && !line.startsWith('#')
let known: string | undefined

/** Sorted lines in one text, made for the first who asks: a set of as many texts takes six times the memory. */
const words = (): string =>
  (known ??= `${readFileSync(file, 'utf8').split('\n').filter(isWord).map(spelled).sort().join('\n')}\n`)

function isListed(word: string): boolean {
  const lines = words()
  let [low, high] = [0, lines.length]
  while (low < high) {
    const begin = lines.lastIndexOf('\n', ((low + high) >> 1) - 1) + 1
    const end = lines.indexOf('\n', begin)
    const found = lines.slice(begin, end)
    if (found === word) return true
    if (found < word) low = end + 1
    else high = begin
  }
  return false
}

/**
 * Whether a password, in lower case, is among the most used ones or one of their usual mutations: written again and again or
 * backwards, with signs between or digits and signs around it, or with digits and signs for letters.
 */
export function isCommon(password: string): boolean {
  return [password, password.replaceAll(/[^\p{L}\p{N}]/gu, '')].flatMap(coresOf).some((core) => {
    const word = spelled(core)
    return isListed(word) || isListed([...word].reverse().join(''))
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
