import type { LinkRequest } from '../links/link-request.js'
import { hasSecondFactor } from '../roles/second-factor.js'

export interface Totp {
  /** Sealed. */
  secret: string
  madeAt: Date
  /** Null until a code of it was seen. */
  confirmedAt: Date | null
  /** The time step of the last code that was taken: none before it counts again (RFC 6238 §5.2). */
  lastStep: number
}

export interface Passkey {
  /** The id of the credential, in base64url as are all bytes here. */
  id: string
  name: string
  publicKey: string
  counter: number
  transports: readonly string[]
  backedUp: boolean
  aaguid: string
  addedAt: Date
  lastUsedAt: Date | null
}

/** The removal of factors that their owner has lost. */
export interface FactorRecovery {
  id: string
  /** The mailed link that starts the delay. */
  confirm: LinkRequest
  /** The link in every mail of the delay; null before it has started. */
  cancel: LinkRequest | null
  startedAt: Date | null
  dueAt: Date | null
  /** When to look at it next: for the daily mail, or for the end. */
  nextAt: Date | null
}

/** Factors that did not go with the right password at a log-in. */
export interface Refusals {
  /** Of the first, or of the one at which the owner was told. */
  since: Date
  count: number
}

export interface Factors {
  totp: Totp | null
  /** SHA-256 of the codes that are left; 140 random bits need no salt. */
  recoveryCodes: readonly string[]
  passkeys: readonly Passkey[]
  /** Names the account to authenticators, and to nobody else; null before its first passkey. */
  userHandle: string | null
  recovery: FactorRecovery | null
  /** Not part of accounts that no wrong factor was given for. */
  refusals?: Refusals
}

export const noFactors: Factors = { totp: null, recoveryCodes: [], passkeys: [], userHandle: null, recovery: null }

interface Bearer {
  readonly factors: Factors
}

export const hasTotp = ({ factors }: Bearer): boolean => factors.totp !== null && factors.totp.confirmedAt !== null

/** The password alone does not log in then. */
export const hasFactor = (account: Bearer): boolean => hasSecondFactor(account)

/** What completes a log-in of this account after its password. */
export function factorsOf(account: Bearer): ('totp' | 'recovery-code' | 'passkey')[] {
  const { passkeys, recoveryCodes } = account.factors
  return [
    ...(hasTotp(account) ? (['totp'] as const) : []),
    ...(passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(recoveryCodes.length > 0 ? (['recovery-code'] as const) : []),
  ]
}
