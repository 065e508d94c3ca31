import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: '{{name}} folgt dir',
  heading: 'Jemand folgt dir',
  paragraphs: ['{{name}} folgt dir jetzt und sieht, was du veröffentlichst.'],
  button: 'Profil ansehen',
  note: '',
  because: 'Du bekommst diese Mail, weil du laut deinen Einstellungen von neuen Followern hören willst.',
}
