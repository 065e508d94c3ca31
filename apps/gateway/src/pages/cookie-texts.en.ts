import type { CookieTexts } from './cookie-texts.js'

const asSession = 'as long as your session; until the window closes on a shared computer'
const mayWait = 'While somebody guesses at your password, you have to wait between log-ins as they do.'

export const en: CookieTexts = {
  title: 'Cookies of this site',
  about: 'Every cookie of Million Pictures: what it is for, how long it lives, and what changes if you refuse it.',
  lead: 'These are all of them. Each is set by this site alone, cannot be read by scripts, and says nothing of who you are.',
  columns: { name: 'Name', purpose: 'Purpose', life: 'Life', path: 'Sent to', refused: 'If you refuse it' },
  others:
    'Cookies that other sites gave your browser are dropped at our door: no part of this site reads or writes them down.',
  help: 'How to refuse cookies',
  counting: {
    title: 'Counting',
    text: 'Your browser can be left out of the number of people. Your views then count in totals alone.',
    rules: 'How views are counted',
    refuse: 'Do not count my browser',
    allow: 'Count my browser',
    refused: {
      title: 'You are not counted',
      // shown by: B33 a browser that refuses to be counted gets no cookie for it, and its views count in the total
      text: 'This browser gets no cookie for counting. Its views still count in the totals of pages.',
    },
    allowed: {
      title: 'You are counted',
      text: 'This browser may get the cookie for counting again. It stands for nothing but this browser.',
    },
  },
  cookies: {
    visitor: {
      purpose:
        'Tells how many browsers, not only how many clicks, looked at a page. A random value that stands for nothing.',
      life: '180 days, not prolonged by visits; until the window closes on a shared computer',
      refused: 'Your views count in the totals and in no number of people. Everything else works.',
    },
    choice: {
      purpose:
        'Remembers that you refuse the cookie for counting. It says only that, in the same word for everybody who does.',
      life: '390 days, or until you allow counting again',
      refused: 'Your refusal is forgotten: refuse cookies in your browser instead.',
    },
    pageSession: {
      purpose:
        'Keeps you logged in on the pages of this site. Nothing but the pages looks at it, and it is not counted with.',
      life: asSession,
      refused: 'You cannot log in on the pages of this site. You can look at everything that everybody may see.',
    },
    form: {
      purpose: 'Proves that the form to log in was shown in your browser, so that no other site logs you in.',
      life: 'until you have logged in, or the window closes',
      refused: 'You cannot log in on the pages of this site.',
    },
    pageBrowser: {
      purpose:
        'Recognises a browser from which you logged in on the pages, so that wrong guesses of a stranger do not make you wait there. Not kept on a shared computer.',
      life: '90 days',
      refused: mayWait,
    },
    refresh: {
      purpose:
        'Keeps you logged in without letting scripts see the key. Set only where you ask for it when you log in.',
      life: asSession,
      refused: 'You can log in, and have to do so again when the page was closed.',
    },
    browser: {
      purpose:
        'Recognises a browser from which you logged in before, so that wrong guesses of a stranger do not make you wait there, and you are told of log-ins from others. Not kept on a shared computer.',
      life: '90 days',
      refused: mayWait,
    },
    shared: {
      purpose:
        'Says that somebody logged in here on a shared computer, so that the cookie for counting ends with the window too. The same for everybody.',
      life: 'until the window closes',
      refused: 'On a shared computer the cookie for counting stays for its time.',
    },
    age: {
      purpose: 'Says that a registration was refused because of the age that was given, and nothing else.',
      life: '24 hours',
      refused: 'Nothing changes for you.',
    },
  },
}
