import { createHash } from 'node:crypto'
import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'
import { hasFactor } from '../accounts/factors.js'
import { FactorNotFoundError } from './factor.errors.js'
import { keptFactors } from './kept-factors.js'

const COUNT = 10
const GROUPS = 7
/** Crockford's Base32: no letter that is read as a digit, or as a word. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten codes of 28 letters, 140 bits, from 28 random bytes each. */
export const newRecoveryCodes = (random: (bytes: number) => Uint8Array): string[] =>
  Array.from({ length: COUNT }, () => {
    const letters = [...random(4 * GROUPS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
    return letters.match(/.{4}/g)!.join('-')
  })

/** However people type it. */
const normalised = (code: string): string => code.toLowerCase().replace(/[\s-]+/g, '')

export const hashOfRecoveryCode = (code: string): string =>
  createHash('sha256')
    .update(`recovery-code:${normalised(code)}`)
    .digest('base64url')

export const isRecoveryCode = (text: string): boolean => normalised(text).length === 4 * GROUPS

export function replaceRecoveryCodes(account: Account, codes: readonly string[], now: Date): Decision<Account> {
  if (!hasFactor(account)) throw new FactorNotFoundError()
  return decide(
    { ...account, factors: { ...account.factors, recoveryCodes: codes.map(hashOfRecoveryCode) } },
    identity.recoveryCodesMade.of({ accountId: account.id, madeAt: now.toISOString() }),
  )
}

/** Unchanged when the code is not good, or was used before. */
export function takeRecoveryCode(account: Account, code: string, now: Date): Decision<Account> {
  const hash = hashOfRecoveryCode(code)
  const left = account.factors.recoveryCodes.filter((one) => one !== hash)
  if (left.length === account.factors.recoveryCodes.length || !hasFactor(account)) return unchanged(account)
  const kept = keptFactors({ ...account, factors: { ...account.factors, recoveryCodes: left } }, now)
  return decide(
    kept.state,
    identity.recoveryCodeUsed.of({ accountId: account.id, usedAt: now.toISOString() }),
    ...kept.events,
  )
}
