import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Dein Konto ist wiederhergestellt',
  heading: 'Willkommen zurück, @{{handle}}',
  paragraphs: [
    'Dein Konto wird nicht mehr geschlossen. Andere sehen dein Profil, deine Fotos und wem du folgst wieder wie zuvor.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann kennt jemand dein Passwort: Lass dir sofort ein neues geben.',
  because: securityMail,
}
