import { keyPair, keySet } from './new-keys.js'
import { rotated } from './rotate-keys.js'

const HOUR = 3600
const key = (kid: string, nbf?: number) => ({ ...keyPair(kid).private, ...(nbf !== undefined && { nbf }) })
const kidsOf = (text: string) => (JSON.parse(text) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
const rotate = (now: number, ...keys: ReturnType<typeof key>[]) =>
  kidsOf(rotated(keySet(keys), { now, signsFrom: now + HOUR }))

it.each([
  ['keeps the key that signs and adds one', HOUR, [key('a'), key('b')], ['a', 'new']],
  ['lets the former go once no token of it is good', 9 * HOUR, [key('a'), key('b', HOUR)], ['b', 'new']],
  ['keeps the former while a token of it may be good', HOUR + 60, [key('a'), key('b', HOUR)], ['b', 'a', 'new']],
  ['keeps one whose time has not come', HOUR, [key('a'), key('b', 2 * HOUR)], ['a', 'b', 'new']],
])('%s', (_, now, keys, expected) => {
  expect(rotate(now, ...keys).map((kid) => kid.replace(/^access-.*/, 'new'))).toEqual(expected)
})

it('reads the line of an env file, and refuses what holds no keys', () => {
  expect(kidsOf(rotated(`A=1\nIDENTITY_SIGNING_KEYS=${keySet([key('a')])}\n`, { now: 0, signsFrom: 1 }))[0]).toBe('a')
  expect(() => rotated('{}', { now: 0, signsFrom: 1 })).toThrow('JWK set')
})
