import type { About } from './field.js'
import { vocabulary } from './vocabulary.js'

/** What people would call it. */
export const dataCategories = vocabulary('data category', {
  registration: 'what you gave when you registered, and your account',
  security: 'log-ins, factors, tokens, and what keeps others out',
  profile: 'what you say about yourself',
  photos: 'your photos and your words about them',
  community: 'whom you follow, and who follows you',
  mails: 'which mails you get, and what was sent to you',
  consents: 'what you agreed to',
  traffic: 'views of pages, which lead to no account',
  operation: 'what runs and repairs the site',
})
export type DataCategory = keyof typeof dataCategories.known

const byPurpose = {
  account: 'registration',
  security: 'security',
  profile: 'profile',
  photos: 'photos',
  community: 'community',
  mail: 'mails',
  consent: 'consents',
  'trend-analysis': 'traffic',
  diagnosis: 'operation',
  administration: 'operation',
  delivery: 'operation',
} as const satisfies Record<About['purpose'], DataCategory>

export const categoryOf = ({ classification, purpose }: Pick<About, 'classification' | 'purpose'>): DataCategory =>
  classification === 'traffic' ? 'traffic' : byPurpose[purpose]
