import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'factors-guessed',
  category: 'system',
  on: identity.factorsGuessed,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.guessedAt }),
  write: aboutSecurity,
})
