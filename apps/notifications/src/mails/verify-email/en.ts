import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Please confirm your address',
  heading: 'Welcome, @{{handle}}!',
  paragraphs: [
    'It is good to have you here. The account @{{handle}} was registered with this address on {{at}}. One step is left: please confirm that both are yours.',
    'The link works once, until {{until}}.',
  ],
  button: 'Confirm my address',
  note: 'You did not register? Then you need do nothing. Without this step nobody can use your address here.',
  because: 'You get this mail because somebody registered with this address.',
}
