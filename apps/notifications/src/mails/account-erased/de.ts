import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Dein Konto ist gelöscht',
  heading: 'Dein Konto ist gelöscht',
  paragraphs: [
    '@{{handle}} ist weg, mit deinem Profil, deinen Fotos, wem du folgst und allem anderen, was wir über dich hatten. Niemand kann diesen Namen wieder bekommen.',
    'Was Programme einander über dein Konto sagten, nennt es höchstens mit einer Nummer und ist bis {{until}} weg.',
    'Das ist deine Quittung. Sie ist unterschrieben und sagt, wie viel jeder Teil der Site gelöscht hat: {{receipt}}',
  ],
  button: '',
  note: 'Das ist die letzte Mail. Mit ihr haben wir deine Adresse vergessen.',
  because: 'Du bekommst diese Mail, weil dein Konto gelöscht wurde.',
}
