import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Deine Faktoren bleiben',
  heading: 'Deine Faktoren bleiben',
  paragraphs: [
    'Das Entfernen der Faktoren von @{{handle}} wurde um {{at}} abgebrochen.',
    'Wenn du es nicht verlangt hattest, kennt jemand anderes dein Passwort.',
  ],
  button: 'Neues Passwort verlangen',
  note: '',
  because: securityMail,
}
