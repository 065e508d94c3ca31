import type { Account } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'

/** Programs are shut out of an account that is locked or about to close, whatever their tokens say. */
export const mayUseTokens = (account: Account, now: Date): boolean => statusOf(account, now) === 'active'
