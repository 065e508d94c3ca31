import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your account is being closed',
  heading: 'Your account is being closed',
  paragraphs: [
    'You asked for the end of @{{handle}}. Nobody else sees your profile, your photos and your follows any more, and you are logged out everywhere.',
    'Until {{at}} you can take this back: log in and choose to restore the account; all is then as it was. Afterwards it is erased for good.',
  ],
  button: '',
  note: 'It was not you? Then log in at once, restore the account, and choose a new password.',
  because: securityMail,
}
