import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/en.js'

export const texts: MailTexts = {
  subject: 'Your data is ready',
  heading: 'Your data is ready',
  paragraphs: [
    'You asked for all that we hold about @{{handle}}. It is in one file now: your texts, lists and settings, your original photos, and a list of what is in it.',
    'Log in to fetch it until {{at}}; after that it is deleted. You can ask for it again at any time.',
  ],
  button: '',
  note: 'It was not you? Then log in at once, end all other sessions, and choose a new password.',
  because: securityMail,
}
