import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'One of your photos could not be shown',
  heading: 'This one did not work',
  paragraphs: [
    'We could not make a photo of a file that you uploaded: {{detail}}. The file was deleted.',
    'JPEG, PNG, WebP and AVIF with up to 50 megapixels work. Please try again with the original file.',
  ],
  button: '',
  note: '',
  because: 'You get this mail because you uploaded a file, so that you do not wait for it in vain.',
  details: {
    'not-a-picture': 'it is not a picture that we know how to read',
    damaged: 'it is damaged or incomplete',
    'too-many-pixels': 'it has more than 50 megapixels',
    animated: 'it moves, and we show still pictures only',
    other: 'we could not read it',
  },
}
