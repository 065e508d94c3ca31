import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Deine Faktoren wurden entfernt',
  heading: 'Deine Faktoren wurden entfernt',
  paragraphs: [
    '@{{handle}} hat seit {{at}} keine Authenticator-App, keinen Passkey und keine Wiederherstellungscodes mehr, und alle Sitzungen sind beendet. Das Passwort allein meldet dich an.',
    'Füge bald einen neuen Faktor hinzu.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann lass dir sofort ein neues Passwort geben: Das sperrt aus, wer immer es war.',
  because: securityMail,
}
