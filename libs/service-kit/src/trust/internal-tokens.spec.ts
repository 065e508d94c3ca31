import { generateKeyPairSync, verify } from 'node:crypto'
import type { CommonConfig } from '../config/common-config.js'
import { InternalTokens } from './internal-tokens.js'
import { derivedKeys, parseKeySet, parsePrivateKey } from '../config/keys.js'
import { signerAmong } from './signer.js'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'gateway' }
const config = { INTERNAL_PRIVATE_KEY: parsePrivateKey(JSON.stringify(jwk)) } as CommonConfig
const clock = { now: () => new Date('2026-01-31T12:00:00.900Z') }
const member = { accountId: 'a', sessionId: 's', roles: ['member'] }
const read = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString()) as object

describe('internal tokens', () => {
  const tokens = new InternalTokens(config, clock)

  it('are for one service, signed, and live a minute', () => {
    const [header, claims, signature] = tokens.tokenFor('media', member).split('.')
    expect(read(header)).toEqual({ alg: 'ES256', typ: 'int+jwt', kid: 'gateway' })
    const iat = Date.parse('2026-01-31T12:00:00Z') / 1000
    expect(read(claims)).toEqual({
      iss: 'gateway',
      aud: 'media',
      iat,
      exp: iat + 60,
      sub: 'a',
      sid: 's',
      roles: ['member'],
    })
    const key = { key: pair.publicKey, dsaEncoding: 'ieee-p1363' as const }
    expect(verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature ?? '', 'base64url'))).toBe(
      true,
    )
  })

  it('are kept for a while, for each service, member, session and set of roles by itself', () => {
    expect(tokens.tokenFor('media', member)).toBe(tokens.tokenFor('media', member))
    const others = [
      tokens.tokenFor('media'),
      tokens.tokenFor('profiles', member),
      tokens.tokenFor('media', { ...member, accountId: 'b' }),
      tokens.tokenFor('media', { ...member, sessionId: 't' }),
      tokens.tokenFor('media', { ...member, roles: ['member', 'operator'] }),
    ]
    expect(new Set([...others, tokens.tokenFor('media', member)]).size).toBe(6)
  })
})

describe('keys', () => {
  const publicJwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'gateway' }
  it.each([
    ['no JSON', 'x', 'expected JSON'],
    ['a public key', JSON.stringify(publicJwk), 'expected one private ES256 key'],
    ['no name', JSON.stringify({ ...jwk, kid: undefined }), 'expected one private ES256 key'],
    ['another curve', JSON.stringify({ ...jwk, crv: 'P-384' }), 'expected one private ES256 key'],
    ['no key', JSON.stringify({ keys: [] }), 'expected one private ES256 key'],
    ['keys of two services', JSON.stringify({ keys: [jwk, { ...jwk, kid: 'media' }] }), 'a JWK set of them with one'],
  ])('refuse %s as private key', (_, text, message) => {
    expect(() => parsePrivateKey(text)).toThrow(message)
  })

  it('refuse a set of keys of another kind, and never keep a private part', () => {
    expect(() => parseKeySet(JSON.stringify({ keys: [] }))).toThrow('expected a JWK set')
    expect(() => parseKeySet(JSON.stringify({ keys: [{ kty: 'oct', k: 'aGk', kid: 'gateway' }] }))).toThrow('ES256')
    expect(
      parseKeySet(JSON.stringify({ keys: [jwk] }))
        .get('gateway')
        ?.map(({ type }) => type),
    ).toEqual(['public'])
  })

  describe('while a service changes its key', () => {
    const next = {
      ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
      kid: 'gateway',
    }
    const both = parseKeySet(JSON.stringify({ keys: [publicJwk, next] })).get('gateway')!
    const tokenBy = (...keys: object[]) =>
      new InternalTokens(
        { INTERNAL_PRIVATE_KEY: parsePrivateKey(JSON.stringify({ keys })) } as CommonConfig,
        clock,
      ).tokenFor('media')

    it('each of its public keys is known, and the one that signed is found', () => {
      expect(both).toHaveLength(2)
      expect(signerAmong(both, tokenBy(jwk))).toBe(both[0])
      expect(signerAmong(both, tokenBy(next, jwk))).toBe(both[1])
      const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
      expect(signerAmong(both, tokenBy({ ...stranger, kid: 'gateway' }))).toBeUndefined()
      expect(signerAmong(both, 'x')).toBeUndefined()
    })

    it('what was derived from a former key is still known', () => {
      const [before] = derivedKeys(parsePrivateKey(JSON.stringify(jwk)), 'a purpose')
      const [now, former] = derivedKeys(parsePrivateKey(JSON.stringify({ keys: [next, jwk] })), 'a purpose')
      expect(former).toEqual(before)
      expect(now).not.toEqual(before)
    })
  })
})
