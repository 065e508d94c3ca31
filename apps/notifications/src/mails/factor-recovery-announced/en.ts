import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your factors will be removed',
  heading: 'Your factors will be removed',
  paragraphs: [
    'The authenticator app, the passkeys and the recovery codes of @{{handle}} will be removed at {{at}}, since somebody with your password and this mailbox says that they are lost.',
    'Any log-in with one of them cancels this, and so does the button.',
  ],
  button: 'Keep my factors',
  note: 'It was not you? Then press the button, and change your password: somebody else knows it.',
  because: securityMail,
}
