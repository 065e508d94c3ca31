import { html } from '../pages/html.js'
import type { SettingsTexts } from './settings-texts.js'

const current = 'Dein jetziges Passwort'

export const de: SettingsTexts = {
  proof: {
    title: 'Zeig, dass du es bist',
    text: 'Was du vorhast, könnte dir schaden, wenn es jemand anders täte. Das gilt zehn Minuten lang.',
    password: 'Passwort',
    code: 'Code',
    codeHint: 'Sechs Ziffern deiner Authenticator-App, oder ein Ersatzcode.',
    button: 'Weiter',
    failed: 'Das stimmt nicht.',
    wait: 'Das waren zu viele Versuche. Bitte warte etwas bis zum nächsten.',
  },
  password: {
    link: 'Passwort ändern',
    title: 'Passwort ändern',
    current,
    next: 'Neues Passwort',
    hint: 'Mindestens 12 Zeichen, gleich welche. Gut sind ein paar Wörter, die nicht zusammengehören.',
    button: 'Neues Passwort speichern',
    wrong: 'Das ist nicht dein jetziges Passwort.',
    refused: 'Das neue Passwort ist zu kurz, zu verbreitet oder deinem Namen oder deiner Adresse zu ähnlich.',
    done: { title: 'Dein Passwort ist geändert', text: 'Alle anderen Geräte wurden abgemeldet.' },
  },
  address: {
    link: 'Adresse ändern',
    title: 'Adresse ändern',
    text: 'Wir schicken eine Mail mit einem Link an die neue Adresse und sagen es der jetzigen.',
    next: 'Neue Mailadresse',
    current,
    button: 'Mail schicken',
    refused: 'Das ist keine Mailadresse.',
    frozen: 'Eine Änderung deiner Adresse wurde angehalten. Entscheide erst über sie, mit dem Link in der Mail.',
    done: {
      title: 'Sieh in dein neues Postfach',
      text: 'Die neue Adresse gilt, sobald du dort dem Link gefolgt bist.',
    },
  },
  consents: {
    link: 'Wozu du eingewilligt hast',
    title: 'Wozu du eingewilligt hast',
    lead: 'Nichts gilt, bevor du zustimmst, und du kannst es hier jederzeit zurücknehmen.',
    closing:
      'Dein Konto ist geschlossen. Wozu du eingewilligt hast, gilt, bis du es hier zurücknimmst oder das Konto gelöscht ist.',
    nothing: 'Du hast in nichts eingewilligt.',
    given: (at) => html`Du hast am ${at} zugestimmt.`,
    refused: (at) => html`Du hast am ${at} abgelehnt.`,
    never: 'Du hast noch nicht geantwortet, also gilt es nicht.',
    outdated: 'Was wir fragen, hat sich inzwischen geändert, oder die Antwort kam zu spät. Bitte antworte noch einmal.',
  },
  closing: {
    link: 'Konto schließen',
    title: 'Konto schließen',
    text: 'Du bist sofort überall abgemeldet, und sonst sieht niemand mehr dein Profil und deine Fotos. 7 Tage lang kannst du dich anmelden und alles wiederherstellen; danach wird es gelöscht.',
    unverified: 'Deine Adresse ist noch nicht bestätigt, darum wird das Konto sofort gelöscht.',
    button: 'Mein Konto schließen',
    done: (at) =>
      html`Dein Konto ist geschlossen. Bis ${at} kannst du dich anmelden und es wiederherstellen; danach wird es
      gelöscht.`,
    closing: (at) => html`Dein Konto ist geschlossen und wird am ${at} gelöscht. Sonst sieht es niemand.`,
    restore: 'Mein Konto wiederherstellen',
    restoreTitle: 'Dein Konto ist geschlossen',
  },
}
