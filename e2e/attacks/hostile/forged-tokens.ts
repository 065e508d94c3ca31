import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>

export function forgedTokens(good: string, publicKey: string): string[] {
  const [head, body, signature] = good.split('.') as [string, string, string]
  const [header, claims] = [decode(head), decode(body)]
  const { privateKey, publicKey: own } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = own.export({ format: 'jwk' })
  const signed = (changes: object, payload: object = claims) => {
    const text = `${encode({ ...header, ...changes })}.${encode(payload)}`
    return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  const keyed = (secret: string) => {
    const text = `${encode({ ...header, alg: 'HS256' })}.${body}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
  const changed = (changes: object) => `${head}.${encode({ ...claims, ...changes })}.${signature}`
  return [
    ...['none', 'None', 'NONE', ''].map((alg) => `${encode({ ...header, alg })}.${body}.`),
    ...[publicKey, '', 'secret'].map(keyed),
    ...[{}, { jwk }, { jku: 'https://attacker.example/keys' }, { x5u: 'https://attacker.example/key' }].map((one) =>
      signed(one),
    ),
    ...['../../dev/null', "' or 1=1", 'a'.repeat(300)].map((kid) => signed({ kid })),
    ...[{ sub: randomUUID() }, { roles: ['operator'] }, { exp: 9_999_999_999 }, { aud: 'identity' }].map(changed),
    signed({ crit: ['exp'] }),
    `${head}.${body}`,
    `${head}.${body}.`,
    `${head}.${body}.${signature.slice(0, -2)}`,
    `${head}.${body}.${signature}.${signature}`,
    `${head}.${body}.${'A'.repeat(86)}`,
  ]
}
