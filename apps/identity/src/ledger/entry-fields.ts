import { about } from '@mpics/mongo'

const technical = about.technical('consent')
const identifier = about.identifier('consent')
const personal = about.personal('consent')

/** What stays of an entry once its person is erased. */
export const bareEntryFields = {
  version: technical,
  kind: technical,
  sequence: technical,
  day: technical,
  previousHash: technical,
  commitment: technical,
  salt: about.secret('consent'),
  payload: technical,
  hash: technical,
  signature: technical,
  keyId: technical,
}

const payload = {
  accountId: identifier,
  receiptId: identifier,
  changedAt: technical,
  purpose: technical,
  granted: personal,
  noticeVersion: technical,
  surface: technical,
  served: {
    id: identifier,
    language: technical,
    textVersion: technical,
    textHash: technical,
    choices: { granted: technical, label: technical },
    shownAt: technical,
  },
  document: technical,
  recipient: technical,
  ground: technical,
  staffId: identifier,
  reason: personal,
  fields: technical,
}

/** The fields of an entry, and beside them those that the first release put there instead of a content of its own. */
export const entryFields = {
  ...bareEntryFields,
  payload,
  accountId: identifier,
  receiptId: identifier,
  purpose: technical,
  granted: personal,
  noticeVersion: technical,
  changedAt: technical,
}
