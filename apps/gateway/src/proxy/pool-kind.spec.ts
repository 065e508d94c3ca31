import { identity, media } from '@mpics/contracts'
import { routeOf } from '../routes/routes.js'
import { poolKindOf } from './pool-kind.js'

it.each([
  ['credentials', identity.logIn],
  ['credentials', identity.registerAccount],
  ['credentials', identity.confirmPasswordReset],
  ['changes', identity.changeMe],
  ['calls', identity.listSessions],
  ['uploads', media.uploadPhoto],
  ['pictures', media.getRendition],
])('what waits for its turn to be hashed takes no connection of others: %s', (kind, api) =>
  expect(poolKindOf(routeOf(api))).toBe(kind),
)
