import type { CookieTexts } from './cookie-texts.js'

const asSession = 'so lange wie deine Anmeldung; an einem gemeinsamen Computer, bis das Fenster geschlossen wird'
const mayWait = 'Solange jemand dein Passwort zu erraten versucht, musst auch du zwischen Anmeldungen warten.'

export const de: CookieTexts = {
  title: 'Cookies dieser Site',
  about: 'Alle Cookies von Million Pictures: wozu sie da sind, wie lange sie leben, und was sich ohne sie ändert.',
  lead: 'Das sind alle. Jedes wird allein von dieser Site gesetzt, ist für Skripte unlesbar und sagt nicht, wer du bist.',
  columns: { name: 'Name', purpose: 'Zweck', life: 'Dauer', path: 'Geht an', refused: 'Wenn du es ablehnst' },
  others:
    'Cookies, die andere Sites deinem Browser gegeben haben, fallen an unserer Tür weg: Kein Teil dieser Site liest sie oder schreibt sie auf.',
  help: 'Wie man Cookies ablehnt (auf Englisch)',
  counting: {
    title: 'Zählung',
    text: 'Dein Browser kann aus der Zahl der Personen herausbleiben. Was du ansiehst, zählt dann allein in den Summen.',
    rules: 'Wie gezählt wird (auf Englisch)',
    refuse: 'Meinen Browser nicht zählen',
    allow: 'Meinen Browser zählen',
    refused: {
      title: 'Du wirst nicht gezählt',
      text: 'Dieser Browser bekommt kein Cookie zum Zählen. Was er ansieht, zählt weiter in den Summen der Seiten.',
    },
    allowed: {
      title: 'Du wirst gezählt',
      text: 'Dieser Browser kann das Cookie zum Zählen wieder bekommen. Es steht für nichts als diesen Browser.',
    },
  },
  cookies: {
    visitor: {
      purpose:
        'Sagt, wie viele Browser eine Seite angesehen haben, nicht nur, wie oft. Ein zufälliger Wert, der für nichts steht.',
      life: '180 Tage, durch Besuche nicht verlängert; an einem gemeinsamen Computer, bis das Fenster geschlossen wird',
      refused: 'Was du ansiehst, zählt in den Summen und in keiner Zahl von Personen. Alles andere geht.',
    },
    choice: {
      purpose:
        'Merkt sich, dass du das Cookie zum Zählen ablehnst. Es sagt nur das, mit demselben Wort für alle, die es tun.',
      life: '390 Tage, oder bis du das Zählen wieder erlaubst',
      refused: 'Deine Ablehnung wird vergessen: Lehne Cookies dann in deinem Browser ab.',
    },
    pageSession: {
      purpose: 'Hält dich auf den Seiten angemeldet. Nur die Seiten sehen es an, und gezählt wird damit nicht.',
      life: asSession,
      refused: 'Du kannst dich auf den Seiten nicht anmelden. Du kannst alles ansehen, was alle sehen dürfen.',
    },
    form: {
      purpose:
        'Beweist, dass das Formular zum Anmelden in deinem Browser gezeigt wurde, damit keine andere Site dich anmeldet.',
      life: 'bis du angemeldet bist oder das Fenster geschlossen wird',
      refused: 'Du kannst dich auf den Seiten nicht anmelden.',
    },
    pageBrowser: {
      purpose:
        'Erkennt einen Browser, von dem aus du dich auf den Seiten angemeldet hast, damit du dort nicht warten musst, wenn Fremde raten. An einem gemeinsamen Computer nicht aufgehoben.',
      life: '90 Tage',
      refused: mayWait,
    },
    refresh: {
      purpose:
        'Hält dich angemeldet, ohne dass Skripte den Schlüssel sehen. Nur gesetzt, wenn du es beim Anmelden verlangst.',
      life: asSession,
      refused: 'Du kannst dich anmelden, und musst es wieder tun, wenn die Seite geschlossen war.',
    },
    browser: {
      purpose:
        'Erkennt einen Browser, von dem aus du dich schon angemeldet hast, damit du dort nicht warten musst, wenn Fremde raten, und von Anmeldungen anderswo erfährst. An einem gemeinsamen Computer nicht aufgehoben.',
      life: '90 Tage',
      refused: mayWait,
    },
    shared: {
      purpose:
        'Sagt, dass sich hier jemand an einem gemeinsamen Computer angemeldet hat, damit auch das Cookie zum Zählen mit dem Fenster endet. Für alle gleich.',
      life: 'bis das Fenster geschlossen wird',
      refused: 'An einem gemeinsamen Computer bleibt das Cookie zum Zählen für seine Zeit.',
    },
    age: {
      purpose: 'Sagt, dass eine Registrierung wegen des angegebenen Alters abgelehnt wurde, und sonst nichts.',
      life: '24 Stunden',
      refused: 'Für dich ändert sich nichts.',
    },
  },
}
