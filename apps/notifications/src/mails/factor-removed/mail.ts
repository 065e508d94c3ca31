import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'factor-removed',
  category: 'system',
  on: identity.factorRemoved,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.removedAt, detail: data.factor }),
  write: aboutSecurity,
})
