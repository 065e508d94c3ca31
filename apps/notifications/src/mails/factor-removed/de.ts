import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Dein Konto hat einen Nachweis weniger',
  heading: 'Entfernt: {{detail}}',
  paragraphs: [
    'Bei @{{handle}} meldet man sich seit {{at}} nicht mehr damit an: {{detail}}. Alle anderen Sitzungen sind beendet.',
    'Wenn du es warst, ist alles gut.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann lass dir sofort ein neues Passwort geben: Das sperrt aus, wer immer es war.',
  because: securityMail,
  details: {
    totp: 'die Codes einer Authenticator-App',
    passkey: 'ein Passkey',
    other: 'ein weiterer Nachweis',
  },
}
