import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'

export type Jwk = JsonWebKey & { kid: string }

export interface KeyPair {
  private: Jwk
  public: Jwk
}

/** For ES256 (RFC 7518 §3.4). */
export function keyPair(kid: string): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const named = (key: JsonWebKey) => ({ ...key, kid, alg: 'ES256', use: 'sig' })
  return { private: named(privateKey.export({ format: 'jwk' })), public: named(publicKey.export({ format: 'jwk' })) }
}

export const keySet = (keys: readonly Jwk[]): string => JSON.stringify({ keys })

/** Keys of one set are told apart by their ids. */
export const privateKeys = (purpose: string, count: number): string =>
  keySet(Array.from({ length: count }, () => keyPair(`${purpose}-${randomBytes(4).toString('hex')}`).private))

/** 256 bits. */
export const randomSecret = (): string => randomBytes(32).toString('base64url')

/** RSA, since many receivers of mail know nothing else; 2048 bits are what RFC 8301 §3.2 asks for. */
export function dkimKey(domain: string, selector: string): { value: string; record: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim().replaceAll('\n', '\\n')
  const published = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  return {
    value: `${domain}:${selector}:${pem}`,
    record: `${selector}._domainkey.${domain}. TXT "v=DKIM1; k=rsa; p=${published}"`,
  }
}
