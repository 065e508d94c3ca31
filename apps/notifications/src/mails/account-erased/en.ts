import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Your account is erased',
  heading: 'Your account is erased',
  paragraphs: [
    '@{{handle}} is gone, with your profile, your photos, your follows and everything else that we held about you. Nobody can have this name again.',
    'What programs told each other about your account names it by a number at most, and is gone by {{until}}.',
    'This is your receipt. It is signed, and says how much each part of the site erased: {{receipt}}',
  ],
  button: '',
  note: 'This is the last mail. We have forgotten your address with it.',
  because: 'You get this mail because your account was erased.',
}
