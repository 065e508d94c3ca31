import { generateKeyPairSync } from 'node:crypto'
import { parseSigningKeys, signingKeyAt } from './signing-keys.js'

const key = (kid: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid,
})
const set = (...keys: object[]) => JSON.stringify({ keys })

it('publishes nothing of a private key', () => {
  const [first, second] = parseSigningKeys(set(key('a'), key('b')), 2)
  expect(Object.keys(first.publicJwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  expect(second?.kid).toBe('b')
})

it.each([
  ['one key where two must be live', set(key('a'))],
  ['two keys of one name', set(key('a'), key('a'))],
  ['a public key', set(key('a'), { ...key('b'), d: undefined })],
  ['another curve', set(key('a'), { ...key('b'), crv: 'P-384' })],
  ['no set', '{}'],
])('refuses %s', (_, text) => expect(() => parseSigningKeys(text, 2)).toThrow(TypeError))

describe('the key that signs', () => {
  const timed = (times: readonly unknown[]) =>
    set(...times.map((nbf, i) => ({ ...key(`k${i}`), ...(nbf !== null && { nbf }) })))

  it.each([
    ['the first one without times', [null, null], 50, 'k0'],
    ['the first one before the time of the next', [null, 100], 99, 'k0'],
    ['the next one from its time on', [null, 100], 100, 'k1'],
    ['the one whose time came last, in whatever order', [null, 300, 100, 200], 250, 'k3'],
    ['the first one, if its own time came last', [200, 100], 250, 'k0'],
  ])('is %s', (_, times, now, kid) => {
    expect(signingKeyAt(parseSigningKeys(timed(times), 2), new Date(now * 1000)).kid).toBe(kid)
  })

  it('has a time in seconds or none', () => {
    expect(() => parseSigningKeys(timed([null, 'tomorrow']), 2)).toThrow(TypeError)
  })
})
