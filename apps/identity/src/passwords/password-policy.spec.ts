import { readFileSync } from 'node:fs'
import { isCommon } from './common-passwords.js'
import { passwordRefusal } from './password-policy.js'

const owner = { handle: 'Ada_Lovelace', email: 'Countess@example.org' }

it.each([
  ['eleven char', 'too-short'],
  ['qwertyuiop12', 'too-common'],
  ['QWERTYUIOP12', 'too-common'],
  ['abababababababab', 'too-common'],
  ['Password123!', 'too-common'],
  ['letmein12345', 'too-common'],
  ['P@ssw0rd2026!', 'too-common'],
  ['123!iloveyou', 'too-common'],
  ['dragon-dragon-1', 'too-common'],
  ['l-e-t-m-e-i-n-1', 'too-common'],
  ['drowssap1234', 'too-common'],
  ['5unsh1ne!!!!!', 'too-common'],
  ['ada_lovelace1', 'like-account'],
  ['1countess@example.org1', 'like-account'],
  ['xcountessADA_LOVELACEx', 'like-account'],
  ['millionpictures1', 'like-account'],
])('%s is %s', (password, refusal) => expect(passwordRefusal(password, owner)).toBe(refusal))

it.each([
  'correct horse battery staple',
  'ünïcödé ist erlaubt 🦆',
  'countess of the analytical engine',
  '            mostly spaces',
  'dragon 8362 9174 0283',
])('%s is good', (password) => expect(passwordRefusal(password, owner)).toBeUndefined())

it('does not mistake a short handle inside of a long password for likeness', () => {
  expect(passwordRefusal('channel crossing', { handle: 'ann', email: 'ann@example.org' })).toBeUndefined()
})

it('refuses each of the 10,000 most used passwords that are long enough, and usual mutations of the 10,000 most used of any length', () => {
  const list = readFileSync(new URL('../../passwords/common-passwords.txt', import.meta.url), 'utf8')
  const [any, long] = list
    .split('# 12 or more characters\n')
    .map((part) => part.split('\n').filter((line) => /^[^#]/.test(line)))
  const longEnough = (word: string) => [...word].length >= 12
  expect(any).toHaveLength(10_000)
  expect([...any!, ...long!].filter(longEnough).length).toBeGreaterThanOrEqual(10_000)
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  const mutations = any!.flatMap((word) => [
    `${capital(word)}123!`,
    `${word}12345`,
    `${word}2026!`,
    `123${word}!!`,
    word + word,
    `${word.replaceAll('a', '@').replaceAll('o', '0').replaceAll('i', '1')}123`,
  ])
  const good = [...long!, ...mutations].filter(longEnough).filter((word) => passwordRefusal(word, owner) === undefined)
  expect(good).toEqual([])
})

it('takes a password apart in bounded time', () => {
  for (const hostile of ['1'.repeat(256), 'ab'.repeat(128), `${'!1'.repeat(64)}x${'1!'.repeat(63)}`]) isCommon(hostile)
})
