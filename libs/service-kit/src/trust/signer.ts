import { type KeyObject, verify } from 'node:crypto'

const COMPACT = /^([^.]+\.[^.]+)\.([^.]+)$/

/** Finds the key that signed a compact ES256 token. With one candidate there is nothing to choose: the caller verifies in any case. */
export function signerAmong(candidates: readonly KeyObject[], token: string): KeyObject | undefined {
  if (candidates.length < 2) return candidates[0]
  const [, signed, signature] = COMPACT.exec(token) ?? []
  if (!signed || !signature) return undefined
  const [said, bytes] = [Buffer.from(signed), Buffer.from(signature, 'base64url')]
  return candidates.find((key) => verify('sha256', said, { key, dsaEncoding: 'ieee-p1363' }, bytes))
}
