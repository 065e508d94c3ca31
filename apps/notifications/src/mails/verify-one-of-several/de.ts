import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Bitte bestätige deine Adresse',
  heading: 'Welches dieser Konten ist deins?',
  paragraphs: [
    'Mit dieser Adresse wurden mehrere Konten angemeldet. Folge dem Link desjenigen, das du angemeldet hast, und keinem anderen: Vielleicht haben Fremde deine Adresse eingetragen.',
    'Sobald du eines bestätigst, gelten die Links der anderen nicht mehr. Alle gelten bis {{until}}.',
  ],
  button: '',
  note: 'Keines gehört dir? Dann musst du nichts tun. Ohne diesen Schritt kann hier niemand deine Adresse benutzen.',
  because: 'Du bekommst diese Mail, weil sich jemand mit dieser Adresse angemeldet hat.',
}
