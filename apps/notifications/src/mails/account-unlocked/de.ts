import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Dein Konto ist entsperrt',
  heading: 'Dein Konto ist entsperrt',
  paragraphs: ['Die Sperre von @{{handle}} ist aufgehoben. Du kannst dich wieder anmelden, und alles ist wie zuvor.'],
  button: '',
  note: '',
  because: securityMail,
}
