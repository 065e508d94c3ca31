import type { en } from './texts.en.js'

const security =
  'Du bekommst diese Mail, weil es um die Sicherheit deines Kontos geht. Solche Mails werden immer geschickt.'

export const de: typeof en = {
  fallback: 'Falls der Knopf nichts tut, führt diese Adresse zum selben Ort:',
  unsubscribe: 'Diese Mails abstellen',
  privacy: 'Datenschutzerklärung',
  terms: 'Nutzungsbedingungen',
  more: 'und {{count}} weitere',
  rejections: {
    'not-a-picture': 'sie ist kein Bild, das wir lesen können',
    damaged: 'sie ist beschädigt oder unvollständig',
    'too-many-pixels': 'sie hat mehr als 50 Megapixel',
    animated: 'sie bewegt sich, und wir zeigen nur stehende Bilder',
  },
  mails: {
    'verify-email': {
      subject: 'Bitte bestätige deine Adresse',
      heading: 'Willkommen, @{{handle}}!',
      paragraphs: [
        'Schön, dass du da bist. Ein Schritt fehlt noch: Bitte bestätige, dass diese Adresse dir gehört.',
        'Der Link gilt einmal, bis {{until}}.',
      ],
      button: 'Adresse bestätigen',
      note: 'Du hast dich nicht angemeldet? Dann musst du nichts tun. Ohne diesen Schritt kann hier niemand deine Adresse benutzen.',
      because: 'Du bekommst diese Mail, weil sich jemand mit dieser Adresse angemeldet hat.',
    },
    'address-known': {
      subject: 'Du hast schon ein Konto',
      heading: 'Diese Adresse kennen wir schon',
      paragraphs: [
        'Jemand, vielleicht du, hat sich eben mit dieser Adresse angemeldet. Sie gehört schon zu einem Konto; geändert wurde nichts.',
        'Wenn du es warst: Melde dich an wie immer. Und wenn dir das Passwort entfallen ist, lass dir dort ein neues geben.',
      ],
      button: '',
      note: 'Du warst es nicht? Dann musst du nichts tun.',
      because: 'Du bekommst diese Mail, weil sich jemand mit dieser Adresse angemeldet hat.',
    },
    'reset-password': {
      subject: 'Wähle ein neues Passwort',
      heading: 'Passwort vergessen?',
      paragraphs: [
        'Das kommt vor. Mit diesem Link wählst du ein neues für @{{handle}}; er gilt einmal, bis {{until}}.',
        'Danach bist du überall sonst abgemeldet.',
      ],
      button: 'Neues Passwort wählen',
      note: 'Du hast nicht darum gebeten? Dann musst du nichts tun: Dein Passwort bleibt, wie es ist.',
      because: 'Du bekommst diese Mail, weil ein neues Passwort verlangt wurde. Solche Mails werden immer geschickt.',
    },
    'password-changed': {
      subject: 'Dein Passwort wurde geändert',
      heading: 'Dein Passwort wurde geändert',
      paragraphs: [
        'Das Passwort von @{{handle}} ist seit {{at}} ein neues. Alle anderen Sitzungen sind beendet.',
        'Wenn du es warst, ist alles gut.',
      ],
      button: '',
      note: 'Du warst es nicht? Dann lass dir bei der Anmeldung sofort ein neues Passwort geben: Das sperrt aus, wer immer es war.',
      because: security,
    },
    'new-device': {
      subject: 'Anmeldung von einem neuen Gerät',
      heading: 'Warst du das?',
      paragraphs: [
        'Jemand hat sich als @{{handle}} angemeldet ({{at}}), von einem Browser, den wir bei dir noch nicht kannten.',
        'Wenn du es warst, ist alles gut.',
      ],
      button: '',
      note: 'Du warst es nicht? Dann ändere dein Passwort: Das beendet jede Sitzung.',
      because: security,
    },
    'photo-rejected': {
      subject: 'Eines deiner Fotos kann nicht gezeigt werden',
      heading: 'Das hat nicht geklappt',
      paragraphs: [
        'Aus einer Datei, die du hochgeladen hast, konnten wir kein Foto machen: {{rejection}}. Die Datei wurde gelöscht.',
        'JPEG, PNG, WebP und AVIF mit bis zu 50 Megapixeln gehen. Versuch es bitte noch einmal mit der Originaldatei.',
      ],
      button: '',
      note: '',
      because:
        'Du bekommst diese Mail, weil du eine Datei hochgeladen hast und nicht vergeblich auf sie warten sollst.',
    },
    follow: {
      subject: '{{name}} folgt dir',
      heading: 'Jemand folgt dir',
      paragraphs: ['{{name}} folgt dir jetzt und sieht, was du veröffentlichst.'],
      button: 'Profil ansehen',
      note: '',
      because: 'Du bekommst diese Mail, weil du laut deinen Einstellungen von neuen Followern hören willst.',
    },
    'follow-digest': {
      subject_one: '{{name}} folgt dir',
      subject_other: '{{count}} Menschen folgen dir neu',
      heading_one: 'Jemand folgt dir',
      heading_other: '{{count}} Menschen folgen dir neu',
      paragraphs: ['Sie sehen, was du veröffentlichst:'],
      button: '',
      note: '',
      because: 'Du bekommst diese Mail, weil du laut deinen Einstellungen ab und zu von neuen Followern hören willst.',
    },
  },
}
