import { generateKeyPairSync } from 'node:crypto'
import type { IdentityConfig } from '../config.js'
import { parseSigningKeys } from '../keys/signing-keys.js'
import { LedgerSignatures } from './ledger-signatures.js'

const key = (kid: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid,
})
const [former, next] = [key('former'), key('next')]
const receiptsWith = (...keys: object[]) =>
  new LedgerSignatures({ IDENTITY_RECEIPT_KEYS: parseSigningKeys(JSON.stringify({ keys }), 1) } as IdentityConfig)

it('receipts are signed by the first key, and proven by the one that signed them', () => {
  const hash = 'hash of an entry'
  const before = receiptsWith(former).sign(hash)
  const during = receiptsWith(next, former)
  expect(during.isSigned({ hash, ...before })).toBe(true)
  expect(during.isSigned({ hash: 'another', ...before })).toBe(false)
  expect(during.sign(hash).keyId).toBe('next')
  expect(receiptsWith(next).isSigned({ hash, ...before })).toBe(false)
})
