import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Deine Adresse soll sich ändern',
  heading: 'Warst du das?',
  paragraphs: [
    'Jemand, der das Passwort von @{{handle}} kennt, hat eine andere Adresse verlangt. Sie gilt, sobald sie bestätigt ist.',
    'Wenn du es warst, ist alles gut. Sonst friere die Änderung sofort ein: Dieser Link gilt bis {{until}}, aber nur, solange die neue Adresse nicht bestätigt ist.',
  ],
  button: 'Änderung einfrieren',
  note: 'Du warst es nicht? Wähle auch ein neues Passwort: Das beendet die Änderung und jede Sitzung.',
  because: securityMail,
}
