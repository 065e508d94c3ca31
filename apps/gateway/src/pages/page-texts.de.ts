import { countIn } from './counted.js'
import { html } from './html.js'
import type { PageTexts } from './page-texts.js'

const count = countIn('de')

export const de: PageTexts = {
  frame: {
    skip: 'Zum Inhalt',
    site: 'Seiten',
    explore: 'Entdecken',
    account: 'Konto',
    logIn: 'Anmelden',
    privacy: 'Datenschutzerklärung',
    terms: 'Nutzungsbedingungen',
    inventory: 'Was aufgehoben wird',
    cookies: 'Cookies',
    events: 'Ereignisse',
    viewed: (total, unique) => `${count(total, 'Mal', 'Mal')} angesehen von ${count(unique, 'Person', 'Personen')}`,
  },
  verify: {
    title: 'Ist das dein Konto?',
    about: (handle, at) =>
      html`Dieser Link bestätigt deine Adresse für das Konto ${handle}, das am ${at} angemeldet wurde.`,
    warning:
      'Bestätige sie nur, wenn du dieses Konto angemeldet hast. Links für andere Konten mit deiner Adresse gelten dann nicht mehr.',
    button: 'Adresse bestätigen',
    done: { title: 'Deine Adresse ist bestätigt', text: 'Willkommen bei Million Pictures.' },
    expired: {
      title: 'Dieser Link gilt nicht mehr',
      text: 'Er wurde schon benutzt, oder er ist zu alt. Wenn deine Adresse noch nicht bestätigt ist, lass dir dort, wo du dich angemeldet hast, eine neue Mail schicken.',
    },
    taken: {
      title: 'Diese Adresse hat ein anderes Konto',
      text: 'Benutze jenes, oder melde dich mit einer anderen Adresse an.',
    },
  },
  confirmEmail: {
    title: 'Ist das deine neue Adresse?',
    about: 'Bestätige sie nur, wenn du sie ändern wolltest. Mails und Links des Kontos gehen dann hierher.',
    button: 'Neue Adresse bestätigen',
    done: { title: 'Deine neue Adresse ist bestätigt', text: 'Andere Geräte wurden abgemeldet.' },
    expired: {
      title: 'Dieser Link gilt nicht mehr',
      text: 'Er ist zu alt, oder die Änderung wurde verworfen. Verlange sie in deinen Einstellungen noch einmal.',
    },
    taken: { title: 'Diese Adresse hat ein anderes Konto', text: 'Dein Konto behält die Adresse, die es hat.' },
    frozen: {
      title: 'Die Änderung ist eingefroren',
      text: 'Jemand mit der jetzigen Adresse hat sie eingefroren. Der Link in der Mail dorthin führt zur Entscheidung.',
    },
  },
  freezeEmail: {
    title: 'Änderung deiner Adresse einfrieren?',
    about: 'Die neue Adresse kann dann erst bestätigt werden, wenn du entschieden hast. Sonst bleibt die jetzige.',
    button: 'Änderung einfrieren',
    frozen: {
      title: 'Die Änderung ist eingefroren',
      text: 'Entscheide innerhalb von sieben Tagen, mit deinem Passwort oder dem Code deiner App. Danach bleibt die jetzige Adresse.',
      password: 'Passwort',
      code: 'oder Code',
      keep: 'Ich war es: Änderung behalten',
      drop: 'Ich war es nicht: verwerfen und alle abmelden',
    },
    refused: 'Das beweist nicht, wer du bist.',
    kept: { title: 'Die Änderung geht weiter', text: 'Der Link in der Mail an die neue Adresse gilt noch einen Tag.' },
    dropped: {
      title: 'Die Änderung ist verworfen',
      text: 'Deine Adresse bleibt, und alle Geräte wurden abgemeldet. Wähle jetzt ein neues Passwort: Jemand kannte deines.',
    },
    expired: {
      title: 'Dieser Link gilt nicht mehr',
      text: 'Die Änderung wurde bestätigt, entschieden oder verworfen, oder der Link ist zu alt.',
    },
  },
  objection: {
    title: 'Ist diese Sperre ein Irrtum?',
    about:
      'Dein Konto ist gesperrt. Wenn du widersprichst, wird es aus diesem Grund nicht gelöscht, bevor jemand anderes von uns es angesehen hat.',
    button: 'Ich widerspreche',
    done: {
      title: 'Dein Widerspruch ist vermerkt',
      text: 'Wir sehen ihn uns an. Du bekommst eine Mail, wenn dein Konto entsperrt ist.',
    },
    expired: {
      title: 'Dieser Link gilt nicht mehr',
      text: 'Er ist zu alt, oder das Konto ist nicht mehr gesperrt.',
    },
  },
  reset: {
    title: 'Wähle ein neues Passwort',
    field: 'Neues Passwort',
    hint: 'Mindestens 12 Zeichen, gleich welche. Gut sind ein paar Wörter, die nicht zusammengehören.',
    button: 'Neues Passwort speichern',
    refused: 'Dieses Passwort ist zu kurz, zu verbreitet oder deinem Namen oder deiner Adresse zu ähnlich.',
    done: {
      title: 'Dein Passwort ist geändert',
      text: 'Alle Geräte wurden abgemeldet. Melde dich mit dem neuen Passwort wieder an.',
    },
    expired: { title: 'Dieser Link gilt nicht mehr', text: 'Er wurde schon benutzt, oder er ist zu alt.' },
    another: 'Einen neuen verlangen',
    ask: {
      title: 'Passwort vergessen?',
      field: 'Deine Mailadresse',
      button: 'Schickt mir einen Link',
      refused: 'Das ist keine Mailadresse.',
      sent: {
        title: 'Sieh in dein Postfach',
        text: 'Wenn es zu dieser Adresse ein Konto gibt, ist eine Mail mit einem Link unterwegs.',
      },
    },
  },
  factors: {
    confirm: {
      title: 'Verlorene Faktoren entfernen',
      about:
        'Authenticator-App, Passkeys und Wiederherstellungscodes deines Kontos werden in 72 Stunden entfernt. Bis dahin schreiben wir dir täglich; jede Anmeldung mit einem davon bricht es ab.',
      button: 'In 72 Stunden entfernen',
      done: { title: 'Die 72 Stunden haben begonnen', text: 'Eine Mail sagt, wann sie um sind und wie du abbrichst.' },
    },
    cancel: {
      title: 'Faktoren behalten',
      about:
        'Jemand mit deinem Passwort hat verlangt, Authenticator-App, Passkeys und Wiederherstellungscodes zu entfernen.',
      button: 'Behalten',
      done: {
        title: 'Deine Faktoren bleiben',
        text: 'Wenn du das nicht verlangt hattest, ändere dein Passwort: Jemand anderes kennt es.',
      },
    },
    expired: { title: 'Dieser Link gilt nicht mehr', text: 'Er wurde schon benutzt, oder er ist zu alt.' },
  },
  unsubscribe: {
    title: 'Mails abstellen?',
    about: (category) =>
      html`Du bekommst dann keine Mails über ${category} mehr. Andere bleiben, wie du sie gewählt hast.`,
    button: 'Diese Mails abstellen',
    doneTitle: 'Diese Mails sind abgestellt',
    done: (category) => html`Du bekommst keine Mails über ${category} mehr. Andere bleiben, wie du sie gewählt hast.`,
    unknown: { title: 'Dieser Link geht nicht', text: 'Bitte benutze den Link so, wie er in der Mail steht.' },
    categories: {
      follows: 'neue Follower',
      messages: 'Nachrichten',
      comments: 'Kommentare',
      favourites: 'Favoriten',
      news: 'Neues',
      products: 'Produkte von uns',
      offers: 'Angebote',
    },
  },
  profile: {
    about: (name) => `Fotos von ${name} auf Million Pictures.`,
    followers: (n) => count(n, 'Follower', 'Follower'),
    following: (n) => `folgt ${n}`,
    photos: 'Fotos',
    noPhotos: 'Es gibt keine Fotos, die alle sehen dürfen.',
  },
  gallery: {
    by: (name) => `von ${name}`,
    untitled: 'Ohne Titel',
    somebody: 'jemandem',
    away: 'Die Fotos können gerade nicht gezeigt werden. Bitte versuche es bald noch einmal.',
  },
  policy: {
    titles: { privacy: 'Datenschutzerklärung', terms: 'Nutzungsbedingungen' },
    inForce: (title, version, since) => `${title}, Fassung ${version}, gültig seit ${since}`,
    from: (title, version, from) => `${title}, Fassung ${version}, gültig ab ${from}`,
    otherLanguage: '(auf Englisch)',
    changes: {
      link: 'Was sich ändert',
      title: (title) => `${title}: was sich ändert`,
      about: (from, to) =>
        `Von Fassung ${from} zu Fassung ${to}: Was wegfällt, ist durchgestrichen; was dazukommt, ist unterstrichen.`,
    },
  },
  announcements: {
    label: 'Ankündigungen',
    coming: (title, at) => html`Eine neue Fassung gilt ab ${at}: ${title}.`,
    since: (title, at) => html`Eine neue Fassung gilt seit ${at}: ${title}.`,
    read: 'Lesen',
  },
}
