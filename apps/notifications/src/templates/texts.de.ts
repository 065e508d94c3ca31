import type { en } from './texts.en.js'

export const de: typeof en = {
  unsubscribe: 'Diese Mails abstellen',
  policy: 'Datenschutzerklärung',
  mails: {
    'verify-email': {
      subject: 'Bitte bestätige deine Adresse',
      heading: 'Willkommen, @{{handle}}',
      paragraphs: [
        'Ein Schritt fehlt noch: Bitte bestätige, dass dies deine Adresse ist. Der Link gilt einmal, 24 Stunden lang.',
        'Wenn du dich nicht angemeldet hast, musst du nichts tun; ohne diesen Schritt kann niemand deine Adresse benutzen.',
      ],
      button: 'Adresse bestätigen',
      because: 'Du bekommst diese Mail, weil sich jemand mit dieser Adresse angemeldet hat.',
    },
    'address-known': {
      subject: 'Du hast schon ein Konto',
      heading: 'Diese Adresse kennen wir schon',
      paragraphs: [
        'Jemand, vielleicht du, hat sich gerade mit dieser Adresse angemeldet. Sie gehört schon zu einem Konto; geändert wurde nichts.',
        'Wenn du es warst: Melde dich an wie immer, oder lass dir dort ein neues Passwort geben.',
      ],
      button: '',
      because: 'Du bekommst diese Mail, weil sich jemand mit dieser Adresse angemeldet hat.',
    },
    'reset-password': {
      subject: 'Wähle ein neues Passwort',
      heading: 'Passwort vergessen?',
      paragraphs: [
        'Du kannst ein neues wählen. Der Link gilt einmal, eine Stunde lang; danach bist du überall abgemeldet.',
        'Wenn du nicht darum gebeten hast, musst du nichts tun: Dein Passwort bleibt, wie es ist.',
      ],
      button: 'Neues Passwort wählen',
      because: 'Du bekommst diese Mail, weil ein neues Passwort verlangt wurde. Solche Mails werden immer geschickt.',
    },
    'password-changed': {
      subject: 'Dein Passwort wurde geändert',
      heading: 'Dein Passwort wurde geändert',
      paragraphs: [
        'Das Passwort von @{{handle}} ist seit eben ein anderes, und du wurdest überall abgemeldet.',
        'Wenn du das nicht warst, lass dir sofort ein neues geben: „Passwort vergessen?“ bei der Anmeldung.',
      ],
      button: '',
      because:
        'Du bekommst diese Mail, weil es um die Sicherheit deines Kontos geht. Solche Mails werden immer geschickt.',
    },
    'new-device': {
      subject: 'Anmeldung von einem neuen Gerät',
      heading: 'Anmeldung von einem neuen Gerät',
      paragraphs: [
        'Jemand hat sich als @{{handle}} von einem Browser angemeldet, den wir noch nicht kannten.',
        'Wenn du es warst, ist alles gut. Wenn nicht, ändere dein Passwort: Das beendet jede Sitzung.',
      ],
      button: '',
      because:
        'Du bekommst diese Mail, weil es um die Sicherheit deines Kontos geht. Solche Mails werden immer geschickt.',
    },
    'photo-rejected': {
      subject: 'Ein Foto kann nicht gezeigt werden',
      heading: 'Ein Foto kann nicht gezeigt werden',
      paragraphs: [
        'Aus einer deiner Dateien konnte kein Foto werden ({{reason}}). Sie wurde gelöscht.',
        'JPEG, PNG, WebP und AVIF bis 50 Megapixel gehen. Versuch es bitte noch einmal mit der Originaldatei.',
      ],
      button: '',
      because: 'Du bekommst diese Mail, weil du eine Datei hochgeladen hast.',
    },
    follow: {
      subject: '{{name}} folgt dir',
      heading: 'Jemand folgt dir',
      paragraphs: ['{{name}} folgt dir auf Million Pictures und sieht, was du veröffentlichst.'],
      button: 'Profil ansehen',
      because: 'Du bekommst diese Mail, weil du von neuen Followern hören willst.',
    },
  },
}
