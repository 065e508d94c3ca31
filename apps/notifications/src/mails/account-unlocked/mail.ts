import { identity } from '@mpics/contracts'
import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'account-unlocked',
  category: 'system',
  on: identity.accountUnlocked,
  to: ({ accountId, again }) => (again ? undefined : accountId),
  parameters: () => ({}),
  write: aboutAccount,
})
