import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Wähle ein neues Passwort',
  heading: 'Passwort vergessen?',
  paragraphs: [
    'Das kommt vor. Mit diesem Link wählst du ein neues für @{{handle}}; er gilt einmal, bis {{until}}.',
    'Danach bist du überall sonst abgemeldet.',
  ],
  button: 'Neues Passwort wählen',
  note: 'Du hast nicht darum gebeten? Dann musst du nichts tun: Dein Passwort bleibt, wie es ist.',
  because: 'Du bekommst diese Mail, weil ein neues Passwort verlangt wurde. Solche Mails werden immer geschickt.',
}
