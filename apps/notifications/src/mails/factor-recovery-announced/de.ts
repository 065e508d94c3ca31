import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Deine Faktoren werden entfernt',
  heading: 'Deine Faktoren werden entfernt',
  paragraphs: [
    'Authenticator-App, Passkeys und Wiederherstellungscodes von @{{handle}} werden um {{at}} entfernt, weil jemand mit deinem Passwort und diesem Postfach sagt, dass sie verloren sind.',
    'Jede Anmeldung mit einem davon bricht das ab, und der Knopf auch.',
  ],
  button: 'Faktoren behalten',
  note: 'Du warst es nicht? Dann drück den Knopf und ändere dein Passwort: Jemand anderes kennt es.',
  because: securityMail,
}
