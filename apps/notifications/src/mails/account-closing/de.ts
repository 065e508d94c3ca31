import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Dein Konto wird geschlossen',
  heading: 'Dein Konto wird geschlossen',
  paragraphs: [
    'Du hast verlangt, @{{handle}} zu schließen. Niemand sonst sieht noch dein Profil, deine Fotos und wem du folgst, und du bist überall abgemeldet.',
    'Bis {{at}} kannst du das zurücknehmen: Melde dich an und stelle das Konto wieder her; dann ist alles wie zuvor. Danach wird es endgültig gelöscht.',
  ],
  button: '',
  note: 'Du warst es nicht? Dann melde dich sofort an, stelle das Konto wieder her und wähle ein neues Passwort.',
  because: securityMail,
}
