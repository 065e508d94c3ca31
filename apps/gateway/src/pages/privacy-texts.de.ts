import { countIn } from './counted.js'
import type { PrivacyTexts } from './privacy-texts.js'

const count = countIn('de')

export const de: PrivacyTexts = {
  categories: {
    registration: { name: 'Registrierung', text: 'Was du bei der Registrierung angegeben hast, und dein Konto.' },
    security: { name: 'Sicherheit', text: 'Anmeldungen, Faktoren, Tokens, und was andere fernhält.' },
    profile: { name: 'Profil', text: 'Was du über dich sagst.' },
    photos: { name: 'Fotos', text: 'Deine Fotos, und was du über sie schreibst.' },
    community: { name: 'Gemeinschaft', text: 'Wem du folgst, und wer dir folgt.' },
    mails: { name: 'Mails', text: 'Welche Mails du bekommst, und was dir geschickt wurde.' },
    consents: { name: 'Einwilligungen', text: 'Wozu du Ja gesagt hast.' },
    traffic: {
      name: 'Aufrufe von Seiten',
      text: 'Wie oft Seiten angesehen werden. Nichts davon führt zu einem Konto.',
    },
    operation: { name: 'Betrieb', text: 'Was die Site am Laufen hält.' },
  },
  inventory: {
    title: 'Was über Menschen aufgehoben wird',
    about:
      'Jedes Feld, das Million Pictures speichert, sendet oder aufschreibt: was es ist, wozu, wie lange, und wer es bekommt.',
    lead: 'Alles, bis zum letzten Feld. Die Liste entsteht aus dem laufenden System, und Tests vergleichen beide.',
    language: 'Die Einzelheiten stehen hier auf Englisch, wie sie das System nennt.',
    thirdParties: 'Niemand außer dieser Site bekommt etwas davon.',
    columns: {
      where: 'Wo',
      about: 'Über wen',
      retention: 'Wie lange',
      recipients: 'Wer es bekommt',
      fields: 'Was, und wozu',
    },
    fields: (n, purpose) => `${count(n, 'Feld', 'Felder')}, für: ${purpose}`,
  },
  mine: {
    link: 'Was über dich aufgehoben wird',
    title: 'Was über dich aufgehoben wird',
    lead: 'Nach Art, mit der Zahl der Einträge und wie lange sie bleiben. Ein Export enthält alles.',
    closing: (at) => `Dein Konto wird geschlossen: Alles hier wird am ${at} gelöscht.`,
    missing: (services) => `Gerade ließ sich nicht alles zählen (${services}). Bitte versuche es bald noch einmal.`,
    records: (n, isMore) => `${isMore ? 'mehr als ' : ''}${count(n, 'Eintrag', 'Einträge')}`,
    files: 'die Dateien solcher Einträge, falls es welche gibt',
    until: 'bleibt:',
    ends: (at) => `das erste endet am ${at}`,
    nothing: 'Zurzeit nichts.',
    inventory: 'Jedes Feld, das diese Site über Menschen aufhebt',
    received: { title: 'Wer Daten über dich bekommen hat', none: 'Niemand.' },
    looks: { title: 'Wer von uns Daten über dich angesehen hat', none: 'Niemand.' },
    consents: { title: 'Wozu du Ja gesagt hast', none: 'Zu nichts.' },
    notices: { title: 'Was dir mitgeteilt wurde', none: 'Noch nichts.' },
    granted: 'gegeben',
    withdrawn: 'zurückgenommen',
    staff: 'wir',
  },
}
