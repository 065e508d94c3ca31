import type { ApiAnswer, identity } from '@mpics/contracts'
import { hasAccepted } from '../accounts/acceptance.js'
import type { Account } from '../accounts/account.js'
import type { VersionsInForce } from '../policies/policies-in-force.js'
import { documentNames } from '../policies/policy.js'

/** What a person is asked at the next visit. */
export const toAcceptOf = (account: Account, inForce: VersionsInForce): ApiAnswer<typeof identity.getMe>['toAccept'] =>
  documentNames.flatMap((document) => {
    const { [document]: current } = inForce
    if (!current || hasAccepted(account, document, current.version)) return []
    return [{ document, version: current.version, effectiveAt: current.effectiveAt.toISOString() }]
  })
