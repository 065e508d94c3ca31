import type { MailTexts } from '../../mail-definition/mail-texts.js'

export const texts: MailTexts = {
  subject: 'Eine neue Fassung: {{detail}}',
  heading: 'Eine neue Fassung: {{detail}}',
  paragraphs: ['Sie gilt ab {{at}}. In Kürze:', '{{summary}}'],
  button: 'Lesen',
  note: '',
  because:
    'Du bekommst diese Mail, weil du ein Konto hast. Solche Mitteilungen gehen an alle Mitglieder und lassen sich nicht abstellen.',
  details: { privacy: 'Datenschutzerklärung', terms: 'Nutzungsbedingungen', other: 'unsere Regeln' },
  links: { changes: 'Was sich ändert, Wort für Wort' },
}
