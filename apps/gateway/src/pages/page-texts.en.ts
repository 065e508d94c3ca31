import { countIn } from './counted.js'
import { html } from './html.js'
import type { PageTexts } from './page-texts.js'

const count = countIn('en')

export const en: PageTexts = {
  frame: {
    skip: 'Skip to content',
    site: 'Site',
    explore: 'Explore',
    account: 'Account',
    logIn: 'Log in',
    privacy: 'Privacy policy',
    terms: 'Terms',
    inventory: 'What is held',
    cookies: 'Cookies',
    events: 'Events',
    viewed: (total, unique) => `Viewed ${count(total, 'time', 'times')} by ${count(unique, 'person', 'people')}`,
  },
  verify: {
    title: 'Is this your account?',
    about: (handle, at) =>
      html`This link confirms your address for the account ${handle}, which was registered on ${at}.`,
    warning: 'Confirm it only if you registered this account. Links for other accounts with your address then end.',
    button: 'Confirm my address',
    done: { title: 'Your address is confirmed', text: 'Welcome to Million Pictures.' },
    expired: {
      title: 'This link does not work any more',
      text: 'It was used before, or it is too old. If your address is not confirmed yet, ask for a new mail where you registered.',
    },
    taken: {
      title: 'This address has another account',
      text: 'Use that one, or register with another address.',
    },
  },
  confirmEmail: {
    title: 'Is this your new address?',
    about: 'Confirm it only if you asked for this change. Mails and links of the account then go here.',
    button: 'Confirm my new address',
    done: { title: 'Your new address is confirmed', text: 'Other devices were logged off.' },
    expired: {
      title: 'This link does not work any more',
      text: 'It is too old, or the change was dropped. Ask for the change again in your settings.',
    },
    taken: { title: 'This address has another account', text: 'Your account keeps the address that it has.' },
    frozen: {
      title: 'The change is frozen',
      text: 'Somebody with the present address has frozen it. The link in the mail to that address leads to a decision.',
    },
  },
  freezeEmail: {
    title: 'Freeze the change of your address?',
    about: 'The new address then cannot be confirmed until you decide. Undecided, the present address stays.',
    button: 'Freeze the change',
    frozen: {
      title: 'The change is frozen',
      text: 'Decide within seven days, with your password or the code of your authenticator app. After that the present address stays.',
      password: 'Password',
      code: 'or code',
      keep: 'It was me: keep the change',
      drop: 'It was not me: drop it, and log everybody off',
    },
    refused: 'This does not prove who you are.',
    kept: { title: 'The change goes on', text: 'The link in the mail to the new address works for another day.' },
    dropped: {
      title: 'The change is dropped',
      text: 'Your address stays, and every device was logged off. Choose a new password now: somebody knew yours.',
    },
    expired: {
      title: 'This link does not work any more',
      text: 'The change was confirmed, decided or dropped, or the link is too old.',
    },
  },
  objection: {
    title: 'Is this lock a mistake?',
    about:
      'Your account is locked. If you object, it is not erased for this reason before another person of our staff has looked at it.',
    button: 'I object',
    done: {
      title: 'Your objection is noted',
      text: 'Our staff look at it. You get a mail when your account is unlocked.',
    },
    expired: {
      title: 'This link does not work any more',
      text: 'It is too old, or the account is not locked any more.',
    },
  },
  reset: {
    title: 'Choose a new password',
    field: 'New password',
    hint: 'At least 12 characters, of any kind. A few words that do not belong together are good.',
    button: 'Save the new password',
    refused: 'This password is too short, too common, or too much like your handle or address.',
    done: {
      title: 'Your password is changed',
      text: 'All devices were logged off. Log in again with the new password.',
    },
    expired: { title: 'This link does not work any more', text: 'It was used before, or it is too old.' },
    another: 'Ask for a new one',
    ask: {
      title: 'Forgot your password?',
      field: 'Your e-mail address',
      button: 'Send me a link',
      refused: 'This is not an e-mail address.',
      sent: {
        title: 'Look into your mailbox',
        text: 'If there is an account with this address, a mail with a link is on its way.',
      },
    },
  },
  factors: {
    confirm: {
      title: 'Remove my lost factors',
      about:
        'The authenticator app, the passkeys and the recovery codes of your account will be removed in 72 hours. We write to you daily until then; any log-in with one of them cancels it.',
      button: 'Remove them in 72 hours',
      done: { title: 'The 72 hours have begun', text: 'A mail says when they are over, and how to cancel.' },
    },
    cancel: {
      title: 'Keep my factors',
      about: 'Somebody with your password asked to remove the authenticator app, the passkeys and the recovery codes.',
      button: 'Keep them',
      done: {
        title: 'Your factors stay',
        text: 'If you had not asked for their removal, change your password: somebody else knows it.',
      },
    },
    expired: { title: 'This link does not work any more', text: 'It was used already, or it is too old.' },
  },
  unsubscribe: {
    title: 'Unsubscribe?',
    about: (category) => html`You will get no more mails about ${category}. Other mails stay as you chose them.`,
    button: 'Stop these mails',
    doneTitle: 'You are unsubscribed',
    done: (category) => html`You get no more mails about ${category}. Other mails stay as you chose them.`,
    unknown: { title: 'This link does not work', text: 'Please use the link as it is in the mail.' },
    categories: {
      follows: 'follows',
      messages: 'messages',
      comments: 'comments',
      favourites: 'favourites',
      news: 'what is new',
      products: 'products of ours',
      offers: 'offers',
    },
  },
  profile: {
    about: (name) => `Photos by ${name} on Million Pictures.`,
    followers: (n) => count(n, 'follower', 'followers'),
    following: (n) => `${n} following`,
    photos: 'Photos',
    noPhotos: 'There are no photos that everybody may see.',
  },
  gallery: {
    by: (name) => `by ${name}`,
    untitled: 'Untitled',
    somebody: 'a photographer',
    away: 'The photos cannot be shown at the moment. Please try again soon.',
  },
  policy: {
    titles: { privacy: 'Privacy policy', terms: 'Terms of use' },
    inForce: (title, version, since) => `${title}, version ${version}, in force since ${since}`,
    from: (title, version, from) => `${title}, version ${version}, in force from ${from}`,
    otherLanguage: '(in English)',
    changes: {
      link: 'What changes',
      title: (title) => `${title}: what changes`,
      about: (from, to) =>
        `From version ${from} to version ${to}: what goes is struck through, what comes is underlined.`,
    },
  },
  announcements: {
    label: 'Announcements',
    coming: (title, at) => html`A new version comes into force on ${at}: ${title}.`,
    since: (title, at) => html`A new version is in force since ${at}: ${title}.`,
    read: 'Read it',
  },
}
