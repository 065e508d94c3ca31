import { html } from '../pages/html.js'
import type { SettingsTexts } from './settings-texts.js'

const current = 'Your present password'

export const en: SettingsTexts = {
  proof: {
    title: 'Show that it is you',
    text: 'What you are about to do could harm you if somebody else did it. This holds for ten minutes.',
    password: 'Password',
    code: 'Code',
    codeHint: 'Six digits of your authenticator app, or a recovery code.',
    button: 'Continue',
    failed: 'This is not right.',
    wait: 'There were too many attempts. Please wait a moment before the next one.',
  },
  password: {
    link: 'Change your password',
    title: 'Change your password',
    current,
    next: 'New password',
    hint: 'At least 12 characters, of any kind. A few words that do not belong together are good.',
    button: 'Save the new password',
    wrong: 'This is not your present password.',
    refused: 'The new password is too short, too common, or too much like your handle or address.',
    done: { title: 'Your password is changed', text: 'All other devices were logged off.' },
  },
  address: {
    link: 'Change your address',
    title: 'Change your address',
    text: 'We send a mail with a link to the new address, and tell the present one.',
    next: 'New e-mail address',
    current,
    button: 'Send the mail',
    refused: 'This is not an e-mail address.',
    frozen: 'A change of your address was frozen. Decide about it first, with the link in the mail.',
    done: {
      title: 'Look into your new mailbox',
      text: 'The new address counts once you have followed the link there.',
    },
  },
  consents: {
    link: 'What you consented to',
    title: 'What you consented to',
    lead: 'Nothing is given until you give it, and you can take it back here at any time.',
    closing: 'Your account is closed. What you agreed to counts until you take it back here, or the account is erased.',
    nothing: 'Nothing is given.',
    given: (at) => html`You agreed on ${at}.`,
    refused: (at) => html`You said no on ${at}.`,
    never: 'You were not asked yet, so it is not given.',
    outdated: 'What we ask changed meanwhile, or your answer came too late. Please answer again.',
  },
  closing: {
    link: 'Close your account',
    title: 'Close your account',
    text: 'At once you are logged off everywhere, and nobody else sees your profile and photos. For 7 days you can log in and restore everything; then it is erased.',
    unverified: 'Your address is not confirmed yet, so the account is erased at once.',
    button: 'Close my account',
    done: (at) => html`Your account is closed. Until ${at} you can log in and restore it; then it is erased.`,
    closing: (at) => html`Your account is closed, and is erased on ${at}. Nobody else sees it.`,
    restore: 'Restore my account',
    restoreTitle: 'Your account is closed',
  },
}
