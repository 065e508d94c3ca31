import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Du hast neue Wiederherstellungscodes',
  heading: 'Zehn neue Wiederherstellungscodes',
  paragraphs: [
    '@{{handle}} hat seit {{at}} zehn neue Wiederherstellungscodes; die früheren gelten nicht mehr.',
    'Wenn du es warst, ist alles gut.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann lass dir sofort ein neues Passwort geben: Das sperrt aus, wer immer es war.',
  because: securityMail,
}
