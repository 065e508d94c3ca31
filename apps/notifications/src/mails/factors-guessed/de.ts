import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Jemand mit deinem Passwort wollte sich anmelden',
  heading: 'Jemand mit deinem Passwort wollte sich anmelden',
  paragraphs: [
    'Bis {{at}} folgten auf das richtige Passwort von @{{handle}} mehrere falsche Codes oder Passkeys. Damit kam niemand hinein.',
    'Wenn du es warst, ist alles gut. Wir schreiben dir einen Tag lang nicht mehr davon.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann kennt jemand anderes dein Passwort: Lass dir sofort ein neues geben.',
  because: securityMail,
}
