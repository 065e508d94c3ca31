import { html } from '../pages/html.js'
import type { AccountTexts } from './account-texts.js'

export const de: AccountTexts = {
  continue: { title: 'Einen Augenblick', text: 'Diese Seite wird in deinem Namen geöffnet.', link: 'Weiter' },
  logIn: {
    title: 'Anmelden',
    login: 'Name oder Mailadresse',
    password: 'Passwort',
    shared: 'Das ist ein Computer, den auch andere benutzen',
    sharedHint:
      'Du wirst nach kurzer Zeit ohne Benutzung abgemeldet, und hier bleibt nichts, wenn das Fenster geschlossen ist.',
    button: 'Anmelden',
    forgot: 'Passwort vergessen?',
    failed: 'Name oder Adresse und Passwort gehören nicht zusammen.',
    wait: 'Das waren zu viele Versuche. Bitte warte etwas bis zum nächsten.',
    locked: 'Dieses Konto ist gesperrt. In der Mail darüber steht, was du tun kannst.',
    done: { title: 'Du bist abgemeldet', text: 'Schließ auf einem geteilten Computer auch das Fenster.' },
  },
  account: {
    title: 'Dein Konto',
    name: 'Name',
    address: 'Adresse',
    unverified: 'noch nicht bestätigt',
    sessions: 'Wo du angemeldet bist',
    logOff: 'Abmelden',
  },
  acceptance: {
    text: 'Seit deinem letzten Besuch gelten neue Fassungen. Bitte lies sie:',
    since: (at) => html`gültig seit ${at}`,
    button: 'Ich nehme sie an',
  },
  sessions: {
    title: 'Wo du angemeldet bist',
    lead: 'Beende, was du nicht kennst, und ändere dann dein Passwort.',
    current: 'diese hier',
    shared: 'geteilter Computer',
    unknownPlace: 'unbekannt',
    since: 'Seit',
    seen: 'Zuletzt gesehen',
    end: (device) => `${device} abmelden`,
    endOthers: 'Alle anderen abmelden',
    alone: 'Du bist sonst nirgends angemeldet.',
    more: 'Ältere',
  },
}
