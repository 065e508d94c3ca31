import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Please confirm your address',
  heading: 'Which of these accounts is yours?',
  paragraphs: [
    'Several accounts were registered with this address. Follow the link of the one that you registered, and of no other: strangers may have entered your address.',
    'The links of the others end as soon as you confirm one. All of them end on {{until}}.',
  ],
  button: '',
  note: 'None of them is yours? Then you need do nothing. Without this step nobody can use your address here.',
  because: 'You get this mail because somebody registered with this address.',
}
