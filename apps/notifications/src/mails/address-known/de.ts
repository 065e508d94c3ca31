import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Du hast schon ein Konto',
  heading: 'Diese Adresse kennen wir schon',
  paragraphs: [
    'Jemand, vielleicht du, hat sich mit dieser Adresse angemeldet. Sie gehört schon zu einem Konto; geändert wurde nichts.',
    'Wenn du es warst: Melde dich an wie immer. Und wenn dir das Passwort entfallen ist, lass dir auf unserer Seite einen Link zu einem neuen schicken.',
    'Diese Anmeldungen warten auf eine Adresse, die ihnen nicht gehört, und können mit deiner nichts tun:',
  ],
  button: '',
  note: 'Du warst es nicht? Dann musst du nichts tun.',
  because: 'Du bekommst diese Mail, weil sich jemand mit dieser Adresse angemeldet hat.',
}
