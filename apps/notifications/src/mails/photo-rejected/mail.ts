import { media } from '@mpics/contracts'
import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'photo-rejected',
  category: 'system',
  on: media.photoRejected,
  to: ({ ownerId }) => ownerId,
  parameters: ({ data }) => ({ photoId: data.photoId, detail: data.reason }),
  write: aboutAccount,
})
