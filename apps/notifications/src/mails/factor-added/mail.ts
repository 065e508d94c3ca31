import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'factor-added',
  category: 'system',
  on: identity.factorAdded,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.addedAt, detail: data.factor }),
  write: aboutSecurity,
})
