import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Have you lost your second factor?',
  heading: 'Have you lost your second factor?',
  paragraphs: [
    'Somebody who knows the password of @{{handle}} has lost the authenticator app and the passkeys. If that is you, this link starts their removal; it works until {{until}}.',
    'It takes 72 hours, in which we write to you daily. Any log-in with a factor cancels it.',
  ],
  button: 'Start the removal',
  note: 'It was not you? Then do not follow the link, and change your password: somebody else knows it.',
  because: securityMail,
}
