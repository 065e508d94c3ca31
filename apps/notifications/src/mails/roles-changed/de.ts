import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Deine Rollen auf der Website haben sich geändert',
  heading: 'Deine Rollen haben sich geändert',
  paragraphs: [
    'Am {{at}} hat jemand vom Betrieb der Website @{{handle}} eine Rolle gegeben oder genommen.',
    'Dein Konto zeigt, welche Rollen es jetzt hat.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du weißt nichts davon? Dann sag dem Betrieb Bescheid und wähle ein neues Passwort: Das beendet jede Sitzung.',
  because: securityMail,
}
