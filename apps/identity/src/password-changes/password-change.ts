import { decide, type Decision, identity } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'
import { credentialsOf, movedCredentials } from '../accounts/credentials.js'
import type { HashedPassword } from '../passwords/hash-new-password.js'
import { ProofFailedError } from '../proofs/proof.errors.js'

/** `proved` is the account whose password was compared. Links to reset the former password end with it. */
export function changePassword(
  account: Account,
  proved: Account,
  { passwordHash, hashedAt }: HashedPassword,
  actingSessionId: string,
): Decision<Account> {
  if (credentialsOf(account) !== credentialsOf(proved)) throw new ProofFailedError()
  return decide(
    {
      ...account,
      ...movedCredentials(account, actingSessionId, hashedAt),
      passwordHash,
      passwordChangedAt: hashedAt,
      reset: null,
      earlierResets: [],
    },
    identity.passwordChanged.of({ accountId: account.id, changedAt: hashedAt.toISOString() }),
  )
}
