import type { LinkRequest } from '../links/link-request.js'
import type { LinkKind } from '../links/one-time-links.js'
import type { Account } from './account.js'
import { openEmailChangeOf } from './email-change.js'

/** The request whose link a mail of this kind carries. */
export function mailedLinkOf(account: Account, kind: LinkKind, requestId: string): LinkRequest | null {
  const { verification, reset, earlierResets, lock, factors } = account
  const emailChange = openEmailChangeOf(account)
  const mailed = {
    'verify-email': [verification],
    'reset-password': [reset, ...earlierResets],
    'confirm-email': [emailChange?.confirmation],
    'freeze-email': [emailChange?.freezing],
    'lock-objection': [lock?.objection],
    'confirm-factor-recovery': [factors.recovery?.confirm],
    'cancel-factor-recovery': [factors.recovery?.cancel],
  } satisfies Record<LinkKind, unknown>
  return mailed[kind].find((request) => request?.id === requestId) ?? null
}
