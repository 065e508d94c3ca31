import type * as analyticsDefinitions from './analytics/index.js'
import type * as gatewayDefinitions from './gateway/index.js'
import * as facts from './http/calls.generated.js'
import type { CallsOf } from './http/call.js'
import type * as identityDefinitions from './identity/index.js'
import type * as mediaDefinitions from './media/index.js'
import type * as notificationsDefinitions from './notifications/index.js'
import type * as profilesDefinitions from './profiles/index.js'

export * from './define/languages.js'
export type * from './http/call.js'

/** The table is generated, so it may be older than the types; a test compares them. */
const typed =
  <Definitions>() =>
  <Facts extends object>(table: Facts) =>
    table as unknown as CallsOf<Facts, Definitions>

export const analytics = typed<typeof analyticsDefinitions>()(facts.analytics)
export const gateway = typed<typeof gatewayDefinitions>()(facts.gateway)
export const identity = typed<typeof identityDefinitions>()(facts.identity)
export const media = typed<typeof mediaDefinitions>()(facts.media)
export const notifications = typed<typeof notificationsDefinitions>()(facts.notifications)
export const profiles = typed<typeof profilesDefinitions>()(facts.profiles)
