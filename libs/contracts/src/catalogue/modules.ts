import * as analytics from '../analytics/index.js'
import type { ServiceName } from '../define/services.js'
import * as gateway from '../gateway/index.js'
import * as identity from '../identity/index.js'
import * as media from '../media/index.js'
import * as notifications from '../notifications/index.js'
import * as profiles from '../profiles/index.js'

/** The definitions of each service, in the order of the documents. */
export const modules = { identity, profiles, media, notifications, gateway, analytics } satisfies Record<
  ServiceName,
  object
>
