import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Please confirm your new address',
  heading: 'Is this your new address?',
  paragraphs: [
    '@{{handle}} asked for this address in place of the present one. Please confirm that it is yours.',
    'The link works once, until {{until}}. Afterwards you are logged out everywhere else.',
  ],
  button: 'Confirm my new address',
  note: 'You did not ask for this? Then you need do nothing. Without this step nobody can use your address here.',
  because: 'You get this mail because somebody entered this address as their new one.',
}
