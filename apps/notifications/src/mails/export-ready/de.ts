import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Deine Daten liegen bereit',
  heading: 'Deine Daten liegen bereit',
  paragraphs: [
    'Du hast alles verlangt, was wir über @{{handle}} gespeichert haben. Es liegt nun in einer Datei: deine Texte, Listen und Einstellungen, deine Originalfotos und ein Verzeichnis des Inhalts.',
    'Melde dich an, um sie bis {{at}} zu holen; danach wird sie gelöscht. Du kannst sie jederzeit wieder verlangen.',
  ],
  button: '',
  note: 'Du warst es nicht? Dann melde dich sofort an, beende alle anderen Sitzungen und wähle ein neues Passwort.',
  because: securityMail,
}
