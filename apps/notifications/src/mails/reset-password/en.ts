import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Choose a new password',
  heading: 'Forgotten your password?',
  paragraphs: [
    'That happens. With this link you choose a new one for @{{handle}}; it works once, until {{until}}.',
    'Afterwards you are logged out everywhere else.',
  ],
  button: 'Choose a new password',
  note: 'You did not ask for this? Then you need do nothing: your password stays as it is.',
  because: 'You get this mail because a new password was asked for. Mails of this kind are always sent.',
}
