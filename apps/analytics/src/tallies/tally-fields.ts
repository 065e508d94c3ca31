import { about } from '@mpics/mongo'

const counted = about.technical('trend-analysis')

/** What a count of views holds, and why. */
export const tallyFields = {
  total: counted,
  ownViews: counted,
  unique: counted,
  registers: about.traffic('trend-analysis', 'a sketch of keyed hashes, out of which no browser can be read'),
  offsets: { '*': about.technical('trend-analysis', 'up to where a partition is counted') },
  asOf: counted,
  version: counted,
}
