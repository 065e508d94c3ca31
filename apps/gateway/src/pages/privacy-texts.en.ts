import { countIn } from './counted.js'
import type { PrivacyTexts } from './privacy-texts.js'

const count = countIn('en')

export const en: PrivacyTexts = {
  categories: {
    registration: { name: 'Registration', text: 'What you gave when you registered, and your account.' },
    security: { name: 'Security', text: 'Log-ins, factors, tokens, and what keeps others out.' },
    profile: { name: 'Profile', text: 'What you say about yourself.' },
    photos: { name: 'Photos', text: 'Your photos, and your words about them.' },
    community: { name: 'Community', text: 'Whom you follow, and who follows you.' },
    mails: { name: 'Mails', text: 'Which mails you get, and what was sent to you.' },
    consents: { name: 'Consents', text: 'What you agreed to.' },
    traffic: { name: 'Views of pages', text: 'How often pages are viewed. Nothing of it leads to an account.' },
    operation: { name: 'Operation', text: 'What runs and repairs the site.' },
  },
  inventory: {
    title: 'What is held of people',
    about:
      'Every field that Million Pictures stores, sends or writes down: what it is, why, how long, and who gets it.',
    lead: 'All of it, down to the last field. The list is made from the running system, and tests compare the two.',
    language: '',
    thirdParties: 'Nobody besides this site gets any of it.',
    columns: {
      where: 'Where',
      about: 'About whom',
      retention: 'How long',
      recipients: 'Who gets it',
      fields: 'What, and why',
    },
    fields: (n, purpose) => `${count(n, 'field', 'fields')}, for: ${purpose}`,
  },
  mine: {
    link: 'What is held about you',
    title: 'What is held about you',
    lead: 'By category, with the number of records and until when they are kept. An export holds all of it.',
    closing: (at) => `Your account is being closed: all of this is erased on ${at}.`,
    missing: (services) => `Not everything could be counted just now (${services}). Please try again soon.`,
    records: (n, isMore) => `${isMore ? 'more than ' : ''}${count(n, 'record', 'records')}`,
    files: 'the files of such records, if there are any',
    until: 'kept:',
    ends: (at) => `the first ends on ${at}`,
    nothing: 'Nothing at present.',
    inventory: 'Every field that this site holds of people',
    received: { title: 'Who received data about you', none: 'Nobody.' },
    looks: { title: 'Which staff looked at data about you', none: 'Nobody.' },
    consents: { title: 'What you agreed to', none: 'Nothing.' },
    notices: { title: 'What you were told', none: 'Nothing yet.' },
    granted: 'given',
    withdrawn: 'withdrawn',
    staff: 'staff',
  },
}
