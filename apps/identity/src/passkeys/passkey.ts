import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'
import { PasskeyTakenError } from '../accounts/account.errors.js'
import { movedCredentials } from '../accounts/credentials.js'
import type { Passkey } from '../accounts/factors.js'
import { FactorNotFoundError } from '../authenticators/factor.errors.js'
import { keptFactors } from '../authenticators/kept-factors.js'
import { withoutOrphans } from '../authenticators/totp.js'
import { withoutFactor } from '../roles/change-roles.js'
import { PasskeysFullError } from './passkey.errors.js'

const MAX_PASSKEYS = 20

const withPasskeys = (account: Account, passkeys: readonly Passkey[]): Account => ({
  ...account,
  factors: { ...account.factors, passkeys },
})

export function requireRoom({ factors }: Account): void {
  if (factors.passkeys.length >= MAX_PASSKEYS) throw new PasskeysFullError()
}

/** The handle stays as it is: authenticators know the account by it. */
export const nameUser = (account: Account, userHandle: string): Decision<Account> =>
  account.factors.userHandle === null
    ? decide({ ...account, factors: { ...account.factors, userHandle } })
    : unchanged(account)

export function addPasskey(
  account: Account,
  { passkey, actingSessionId }: { passkey: Passkey; actingSessionId: string },
  now: Date,
): Decision<Account> {
  requireRoom(account)
  const { passkeys } = account.factors
  if (passkeys.some(({ id }) => id === passkey.id)) throw new PasskeyTakenError()
  return decide(
    { ...withPasskeys(account, [...passkeys, passkey]), ...movedCredentials(account, actingSessionId, now) },
    identity.factorAdded.of({ accountId: account.id, factor: 'passkey', addedAt: now.toISOString() }),
  )
}

function requirePasskey({ factors }: Account, id: string): Passkey {
  const found = factors.passkeys.find((passkey) => passkey.id === id)
  if (!found) throw new FactorNotFoundError()
  return found
}

export function renamePasskey(account: Account, id: string, name: string): Decision<Account> {
  const renamed = { ...requirePasskey(account, id), name }
  return decide(withPasskeys(account, replaced(account, renamed)))
}

export function removePasskey(account: Account, id: string, actingSessionId: string, now: Date): Decision<Account> {
  requirePasskey(account, id)
  const left = account.factors.passkeys.filter((passkey) => passkey.id !== id)
  const without = { ...withoutOrphans(withPasskeys(account, left)), ...movedCredentials(account, actingSessionId, now) }
  const { state, events } = withoutFactor(without, now)
  return decide(
    state,
    identity.factorRemoved.of({ accountId: account.id, factor: 'passkey', removedAt: now.toISOString() }),
    ...events,
  )
}

export interface PasskeyUse {
  id: string
  counter: number
  backedUp: boolean
}

/** Unchanged when it is gone, or its counter did not go on: two authenticators hold it then (WebAuthn Level 3, §6.1.1). */
export function takePasskeyUse(account: Account, { id, counter, backedUp }: PasskeyUse, now: Date): Decision<Account> {
  const passkey = account.factors.passkeys.find((one) => one.id === id)
  if (!passkey) return unchanged(account)
  const counts = counter > 0 || passkey.counter > 0
  if (counts && counter <= passkey.counter) return unchanged(account)
  const used = { ...passkey, counter, backedUp, lastUsedAt: now }
  const { state, events } = keptFactors(withPasskeys(account, replaced(account, used)), now)
  return decide(state, ...events)
}

const replaced = ({ factors }: Account, passkey: Passkey): Passkey[] =>
  factors.passkeys.map((one) => (one.id === passkey.id ? passkey : one))
