import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Dein Konto ist gesperrt',
  heading: 'Dein Konto ist gesperrt',
  paragraphs: [
    'Wir haben @{{handle}} gesperrt: {{detail}}. Niemand sieht dein Profil, deine Fotos und wem du folgst, und niemand kann sich anmelden.',
    'Wenn das falsch ist, widersprich bis {{until}}; dafür musst du dich nicht anmelden. Dann sieht es sich jemand anderes von uns an.',
  ],
  button: 'Der Sperre widersprechen',
  note: '',
  because: securityMail,
  details: {
    'under-age':
      'uns wurde gesagt, dass du noch nicht 13 bist, und von wem das stimmt, dürfen wir nichts behalten. Ohne deinen Widerspruch wird das Konto nach 7 Tagen gelöscht',
    abuse: 'es verstößt gegen unsere Nutzungsbedingungen',
    security: 'vielleicht benutzt es jemand anderes',
    other: 'aus einem Grund, den wir hier nicht nennen können',
  },
}
