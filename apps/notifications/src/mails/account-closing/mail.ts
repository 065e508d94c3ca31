import { identity } from '@mpics/contracts'
import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'account-closing',
  category: 'system',
  on: identity.closureRequested,
  to: ({ accountId, again }) => (again ? undefined : accountId),
  parameters: ({ data }) => ({ at: data.erasesAt }),
  write: aboutAccount,
})
