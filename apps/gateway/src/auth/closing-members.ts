import { type ApiDefinition, DomainError } from '@mpics/contracts'
import type { CallerIdentity } from '@mpics/service-kit'

class AccountClosingError extends DomainError {
  readonly code = 'identity.account-closing'
  readonly kind = 'forbidden'
  constructor() {
    super(
      'This account is being closed. Restore it at /v1/me/restoration, then refresh the session, to use it again; else export it or log off.',
    )
  }
}

/** Returns the caller as the call sees it: an account that is being closed is a visitor where everybody may call, and little else. */
export function admitClosing(caller: CallerIdentity, api: ApiDefinition | undefined): CallerIdentity {
  const { member, ...visitor } = caller
  if (!member?.closing || api?.closing) return caller
  if (api === undefined || api.access === 'anonymous') return visitor
  throw new AccountClosingError()
}
