import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject_one: '{{name}} follows you',
  subject_other: 'You have {{count}} new followers',
  heading_one: 'You have a new follower',
  heading_other: 'You have {{count}} new followers',
  paragraphs: ['They will see what you publish:'],
  button: '',
  note: '',
  because: 'You get this mail because your settings say that you want to hear of new followers now and then.',
}
