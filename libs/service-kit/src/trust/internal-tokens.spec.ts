import { generateKeyPairSync, verify } from 'node:crypto'
import type { CommonConfig } from '../config/common-config.js'
import { InternalTokens } from './internal-tokens.js'
import { parseKeySet, parsePrivateKey } from '../config/keys.js'

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
  ])('refuse %s as private key', (_, text, message) => {
    expect(() => parsePrivateKey(text)).toThrow(message)
  })

  it('refuse a set of keys of another kind, and never keep a private part', () => {
    expect(() => parseKeySet(JSON.stringify({ keys: [] }))).toThrow('expected a JWK set')
    expect(() => parseKeySet(JSON.stringify({ keys: [{ kty: 'oct', k: 'aGk', kid: 'gateway' }] }))).toThrow('ES256')
    expect(parseKeySet(JSON.stringify({ keys: [jwk] })).get('gateway')?.type).toBe('public')
  })
})
