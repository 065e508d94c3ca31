import { noFactors } from './factors.js'

/** Of an account for which nobody has asked for anything yet, or that was stored before one could. */
export const nothingAsked = {
  reset: null,
  earlierResets: [],
  emailChange: null,
  closure: null,
  lock: null,
  lockEntries: [],
  erasure: null,
  factors: noFactors,
}
