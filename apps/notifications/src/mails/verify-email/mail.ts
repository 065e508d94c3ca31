import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withVerificationLinks } from '../../mail-definition/with-verification-links.js'

export const mail = defineMail({
  kind: 'verify-email',
  category: 'system',
  toUnverified: true,
  maxPerAddressAndHour: 3,
  on: identity.verificationRequested,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.verificationId }),
  write: withVerificationLinks,
})
