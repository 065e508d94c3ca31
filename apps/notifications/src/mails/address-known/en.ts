import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'You already have an account',
  heading: 'We know this address already',
  paragraphs: [
    'Somebody, perhaps you, has registered with this address. It belongs to an account already, so nothing was changed.',
    'If it was you: log in as you always do. If the password has slipped your mind, have our site send you a link to a new one.',
    'These registrations wait for an address that is not theirs, and can do nothing with yours:',
  ],
  button: '',
  note: 'It was not you? Then you need do nothing.',
  because: 'You get this mail because somebody registered with this address.',
}
