import { html } from '../pages/html.js'
import type { AccountTexts } from './account-texts.js'

export const en: AccountTexts = {
  continue: { title: 'One moment', text: 'This page is opened in your name.', link: 'Continue' },
  logIn: {
    title: 'Log in',
    login: 'Handle or e-mail address',
    password: 'Password',
    shared: 'This is a shared computer',
    sharedHint: 'You are logged off after a short time without use, and nothing stays here once the window is closed.',
    button: 'Log in',
    forgot: 'Forgot your password?',
    failed: 'Handle or address and password do not belong together.',
    wait: 'There were too many attempts. Please wait a moment before the next one.',
    locked: 'This account is locked. The mail about it says what you can do.',
    done: { title: 'You are logged off', text: 'On a shared computer, close the window as well.' },
  },
  account: {
    title: 'Your account',
    name: 'Handle',
    address: 'Address',
    unverified: 'not confirmed yet',
    sessions: 'Where you are logged in',
    logOff: 'Log off',
  },
  acceptance: {
    text: 'Since your last visit, new versions have come into force. Please read them:',
    since: (at) => html`in force since ${at}`,
    button: 'I accept them',
  },
  sessions: {
    title: 'Where you are logged in',
    lead: 'End what you do not know, and change your password then.',
    current: 'this one',
    shared: 'shared computer',
    unknownPlace: 'unknown',
    since: 'Since',
    seen: 'Last seen',
    end: (device) => `End ${device}`,
    endOthers: 'End all others',
    alone: 'You are logged in nowhere else.',
    more: 'Older ones',
  },
}
