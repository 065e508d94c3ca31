import { vocabulary } from './vocabulary.js'

/** The roles of a person beside that of a visitor. */
export const roles = vocabulary('role', {
  member: 'has an account',
  moderator: 'decides about reported content',
  support: 'helps members with their accounts',
  contractor: 'works for us under a contract, with less than staff may see',
  policy: 'publishes policy documents',
  campaigns: 'sends mails to many members',
  disclosures: 'answers what authorities ask',
  analyst: 'reads traffic and what is counted from it',
  operator: 'runs the services',
})
export type Role = keyof typeof roles.known
