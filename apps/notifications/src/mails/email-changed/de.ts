import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Deine Adresse wurde geändert',
  heading: 'Das ist jetzt deine Adresse',
  paragraphs: [
    'Mails zu @{{handle}} kommen seit {{at}} hierher. Alle anderen Sitzungen sind beendet.',
    'Wenn du es warst, ist alles gut.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann lass dir sofort ein neues Passwort geben: Das sperrt aus, wer immer es war.',
  because: securityMail,
}
