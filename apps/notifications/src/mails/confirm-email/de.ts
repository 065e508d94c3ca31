import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Bitte bestätige deine neue Adresse',
  heading: 'Ist das deine neue Adresse?',
  paragraphs: [
    '@{{handle}} will diese Adresse anstelle der jetzigen. Bitte bestätige, dass sie dir gehört.',
    'Der Link gilt einmal, bis {{until}}. Danach bist du überall sonst abgemeldet.',
  ],
  button: 'Neue Adresse bestätigen',
  note: 'Du hast nicht darum gebeten? Dann musst du nichts tun. Ohne diesen Schritt kann hier niemand deine Adresse benutzen.',
  because: 'Du bekommst diese Mail, weil jemand diese Adresse als neue eingegeben hat.',
}
