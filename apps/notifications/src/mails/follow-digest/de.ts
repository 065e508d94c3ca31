import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject_one: '{{name}} folgt dir',
  subject_other: '{{count}} Menschen folgen dir neu',
  heading_one: 'Jemand folgt dir',
  heading_other: '{{count}} Menschen folgen dir neu',
  paragraphs: ['Sie sehen, was du veröffentlichst:'],
  button: '',
  note: '',
  because: 'Du bekommst diese Mail, weil du laut deinen Einstellungen ab und zu von neuen Followern hören willst.',
}
