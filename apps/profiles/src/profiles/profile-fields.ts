import { type About, aboutsOf, profiles } from '@mpics/contracts'
import { about, type StoredFields } from '@mpics/mongo'

const { handle, createdAt } = aboutsOf(profiles.myProfile)
const derived = about.personal('community', 'derived from what everybody may see, so that a search finds it')
const counted = about.technical('community')

/** As the table of fields says it, for a field and its parts. */
function saidOf(name: profiles.ProfileField): About | StoredFields {
  const { classification, purpose, parts } = profiles.profileFields[name]
  const said = { classification, purpose }
  return parts ? Object.fromEntries(parts.map((part) => [part, said])) : said
}

/** What a profile holds, and why. */
export const storedProfileFields: StoredFields = {
  _id: about.identifier('profile'),
  handle,
  handleKey: about.personal('profile', 'the handle in the form in which it is compared'),
  ...profiles.forEachField(saidOf),
  visibility: aboutsOf(profiles.profileVisibility),
  createdAt,
  terms: derived,
  place: derived,
  standing: { hidden: about.technical('account'), sequence: about.technical('delivery') },
  tally: { epoch: counted, followers: counted, following: counted },
}
