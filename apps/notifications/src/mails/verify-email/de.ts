import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Bitte bestätige deine Adresse',
  heading: 'Willkommen, @{{handle}}!',
  paragraphs: [
    'Schön, dass du da bist. Das Konto @{{handle}} wurde am {{at}} mit dieser Adresse angemeldet. Ein Schritt fehlt noch: Bitte bestätige, dass beides dir gehört.',
    'Der Link gilt einmal, bis {{until}}.',
  ],
  button: 'Adresse bestätigen',
  note: 'Du hast dich nicht angemeldet? Dann musst du nichts tun. Ohne diesen Schritt kann hier niemand deine Adresse benutzen.',
  because: 'Du bekommst diese Mail, weil sich jemand mit dieser Adresse angemeldet hat.',
}
