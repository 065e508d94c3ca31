import { about, type StoredFields } from '@mpics/mongo'

const technical = about.technical('account')
const file = { objectKey: about.identifier('account'), sha256: technical, bytes: technical }

/** What an export holds beside its files, and why. */
export const exportFields: StoredFields = {
  _id: about.identifier('account'),
  accountId: about.identifier('account'),
  status: technical,
  open: technical,
  requestedAt: about.personal('account'),
  parts: { identity: file, profiles: file, media: file, notifications: file, analytics: file },
  joiner: { id: technical, until: technical, joined: technical },
  file,
  endsAt: technical,
}

/** What an object of the bucket holds. */
export const exportedFields: StoredFields = {
  key: about.identifier('account', 'its name, with the id of the export'),
  content: about.personal('account', 'everything that is held about its owner'),
}
