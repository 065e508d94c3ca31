import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your account is unlocked',
  heading: 'Your account is unlocked',
  paragraphs: ['The lock of @{{handle}} was taken away. You can log in again, and all is as it was.'],
  button: '',
  note: '',
  because: securityMail,
}
