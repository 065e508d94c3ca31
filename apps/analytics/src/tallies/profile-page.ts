import { about, type StoredFields, type HeldData, ownedDocuments, untilErased } from '@mpics/mongo'
import { tallyFields } from './tally-fields.js'

type Tallies<T> = Parameters<typeof ownedDocuments<T>>[0]

export const profilePageOf = (accountId: string) => `/profiles/${accountId}`
export const photoPageOf = (photoId: string) => `/photos/${photoId}`

/** Only a profile's page leads to an account: analytics does not know a photo's owner, and no tally names a viewer. */
export function profilePages<T>(
  tallies: Tallies<T>,
  field: string,
  shown: readonly string[],
  more: StoredFields = {},
): HeldData {
  const pages = ownedDocuments(tallies, {
    subject: `the account whose profile has the page \`${field}\`, /profiles/<account>`,
    purpose: 'trend-analysis',
    ...untilErased,
    fields: { _id: about.identifier('trend-analysis', 'the page, by its id'), ...tallyFields, ...more },
    shownTo: 'everybody',
    owners: [field],
    exported: (document) => Object.fromEntries(['total', 'unique', ...shown].map((name) => [name, document[name]])),
  })
  return ofProfilePage(pages)
}

/** What is held of an account by the page of its profile. */
export const ofProfilePage = (pages: HeldData): HeldData => ({
  ...pages,
  erase: (accountId) => pages.erase(profilePageOf(accountId)),
  export: (accountId) => pages.export(profilePageOf(accountId)),
  count: (accountId) => pages.count!(profilePageOf(accountId)),
})
