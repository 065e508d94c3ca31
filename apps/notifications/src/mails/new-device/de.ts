import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Anmeldung von einem neuen Gerät',
  heading: 'Warst du das?',
  paragraphs: [
    'Jemand hat sich in der Stunde ab {{at}} als @{{handle}} angemeldet, von einem Browser, den wir bei dir noch nicht kannten.',
    'Wenn du es warst, ist alles gut.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann wähle ein neues Passwort: Das beendet jede Sitzung.',
  because: securityMail,
}
