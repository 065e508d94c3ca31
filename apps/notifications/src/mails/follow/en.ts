import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: '{{name}} follows you',
  heading: 'You have a new follower',
  paragraphs: ['{{name}} follows you now, and will see what you publish.'],
  button: 'See their profile',
  note: '',
  because: 'You get this mail because your settings say that you want to hear of new followers.',
}
