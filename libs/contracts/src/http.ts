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

export const analytics: CallsOf<typeof facts.analytics, typeof analyticsDefinitions> = facts.analytics
export const gateway: CallsOf<typeof facts.gateway, typeof gatewayDefinitions> = facts.gateway
export const identity: CallsOf<typeof facts.identity, typeof identityDefinitions> = facts.identity
export const media: CallsOf<typeof facts.media, typeof mediaDefinitions> = facts.media
export const notifications: CallsOf<typeof facts.notifications, typeof notificationsDefinitions> = facts.notifications
export const profiles: CallsOf<typeof facts.profiles, typeof profilesDefinitions> = facts.profiles
