import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Hast du deinen zweiten Faktor verloren?',
  heading: 'Hast du deinen zweiten Faktor verloren?',
  paragraphs: [
    'Jemand, der das Passwort von @{{handle}} kennt, hat Authenticator-App und Passkeys verloren. Wenn du das bist, beginnt dieser Link damit, sie zu entfernen; er gilt bis {{until}}.',
    'Das dauert 72 Stunden, in denen wir dir täglich schreiben. Jede Anmeldung mit einem Faktor bricht es ab.',
  ],
  button: 'Entfernen beginnen',
  note: 'Du warst es nicht? Dann folge dem Link nicht und ändere dein Passwort: Jemand anderes kennt es.',
  because: securityMail,
}
