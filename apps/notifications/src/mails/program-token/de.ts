import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Ein neues Token für ein Programm',
  heading: 'Warst du das?',
  paragraphs: [
    'Seit {{at}} gibt es ein neues Token, mit dem ein Programm das Konto @{{handle}} ohne dein Passwort nutzen kann.',
    'Wenn du es warst, ist alles gut. Deine Einstellungen zeigen alle Tokens, und was jedes darf.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann wähle ein neues Passwort: Das beendet jede Sitzung und jedes Token.',
  because: securityMail,
}
