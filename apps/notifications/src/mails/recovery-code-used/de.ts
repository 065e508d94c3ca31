import type { MailTexts } from '../../mail-definition/mail-texts.js'
import { securityMail } from '../../phrases/de.js'

export const texts: MailTexts = {
  subject: 'Ein Wiederherstellungscode wurde benutzt',
  heading: 'Ein Wiederherstellungscode wurde benutzt',
  paragraphs: [
    'Jemand hat um {{at}} einen Wiederherstellungscode von @{{handle}} benutzt; er gilt nicht mehr.',
    'Wenn du es warst, ist alles gut. Mach dir neue Codes, bevor der letzte weg ist.',
  ],
  button: 'Neues Passwort verlangen',
  note: 'Du warst es nicht? Dann lass dir sofort ein neues Passwort geben und mach neue Codes: Das sperrt aus, wer immer es war.',
  because: securityMail,
}
