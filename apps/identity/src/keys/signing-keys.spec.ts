import { generateKeyPairSync } from 'node:crypto'
import { parseSigningKeys } from './signing-keys.js'

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
