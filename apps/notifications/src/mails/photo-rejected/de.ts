import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Eines deiner Fotos kann nicht gezeigt werden',
  heading: 'Das hat nicht geklappt',
  paragraphs: [
    'Aus einer Datei, die du hochgeladen hast, konnten wir kein Foto machen: {{detail}}. Die Datei wurde gelöscht.',
    'JPEG, PNG, WebP und AVIF mit bis zu 50 Megapixeln gehen. Versuch es bitte noch einmal mit der Originaldatei.',
  ],
  button: '',
  note: '',
  because: 'Du bekommst diese Mail, weil du eine Datei hochgeladen hast und nicht vergeblich auf sie warten sollst.',
  details: {
    'not-a-picture': 'sie ist kein Bild, das wir lesen können',
    damaged: 'sie ist beschädigt oder unvollständig',
    'too-many-pixels': 'sie hat mehr als 50 Megapixel',
    animated: 'sie bewegt sich, und wir zeigen nur stehende Bilder',
    other: 'wir konnten sie nicht lesen',
  },
}
