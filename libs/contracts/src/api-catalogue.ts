import * as analytics from './analytics/api.js'
import type { ApiDefinition } from './define-api.js'
import * as identity from './identity/api.js'
import * as media from './media/api.js'
import * as notifications from './notifications/api.js'
import * as profiles from './profiles/api.js'

const isApi = (value: unknown): value is ApiDefinition =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const inOrder = (a: ApiDefinition, b: ApiDefinition): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : METHODS.indexOf(a.method) - METHODS.indexOf(b.method)

/** Every public call of the services, by service and path. A definition that is exported from an `api.ts` is in it. */
export const serviceApis: readonly ApiDefinition[] = [identity, profiles, media, notifications, analytics].flatMap(
  (module) => (Object.values(module) as unknown[]).filter(isApi).sort(inOrder),
)
