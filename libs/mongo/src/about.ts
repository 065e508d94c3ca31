import type { About, Classification, Purpose } from '@mpics/contracts'

const saying =
  (classification: Classification) =>
  (purpose: Purpose, description?: string): About => ({
    classification,
    purpose,
    ...(description && { description }),
  })

/** Says what a stored field is. One that a call takes in says it there: `aboutsOf` of contracts reads it. */
export const about = {
  open: saying('public'),
  technical: saying('technical'),
  identifier: saying('identifier'),
  personal: saying('personal'),
  traffic: saying('traffic'),
  secret: saying('secret'),
}
