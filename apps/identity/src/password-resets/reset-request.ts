import type { Account } from '../accounts/account.js'
import type { LinkRequest } from '../links/link-request.js'

/** A link that somebody asked for, before anybody has looked whether an account has the address. */
export interface ResetRequest {
  link: LinkRequest
  email: string
}

/** The account has its link already, or its password was changed since. */
export const isSettled = ({ link }: ResetRequest, { reset, earlierResets, passwordChangedAt }: Account): boolean =>
  passwordChangedAt >= link.requestedAt || [reset, ...earlierResets].some((known) => known?.id === link.id)
