import type { ApiDefinition } from '../define/define-api.js'
import { serviceNames } from '../define/services.js'
import * as namespaces from '../index.js'

const isApi = (value: unknown): value is ApiDefinition =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value

const isInternal = ({ access }: ApiDefinition): boolean => typeof access === 'object' && 'services' in access

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const inOrder = (a: ApiDefinition, b: ApiDefinition): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : METHODS.indexOf(a.method) - METHODS.indexOf(b.method)

const callsOf = (module: object): readonly ApiDefinition[] =>
  (Object.values(module) as unknown[]).filter(isApi).sort(inOrder)

const behind = serviceNames.filter((service) => service !== 'gateway')
const behindTheEdge = behind.flatMap((service) => callsOf(namespaces[service]))

/** Every public call of the services, by service and path. A definition that a service’s `index.ts` exports is in it. */
export const serviceApis: readonly ApiDefinition[] = behindTheEdge.filter((api) => !isInternal(api))

/** The calls between services. */
export const internalApis: readonly ApiDefinition[] = behindTheEdge.filter(isInternal)

const addressOf = ({ method, path }: ApiDefinition) => `${method} ${path}`
const ofTheEdge = callsOf(namespaces.gateway)
const replaced = new Set(ofTheEdge.map(addressOf))
const isPublic = (api: ApiDefinition): boolean => !isInternal(api) && !replaced.has(addressOf(api))

/** Everything that the edge serves: the services’ calls, some of them composed of several, and its own. */
export const publicApis: readonly ApiDefinition[] = [...behindTheEdge.filter(isPublic), ...ofTheEdge]

/** The same by the namespace that exports them. */
export const apisByNamespace: readonly (readonly [namespace: string, apis: readonly ApiDefinition[]])[] = [
  ...behind.map((service) => [service, callsOf(namespaces[service]).filter(isPublic)] as const),
  ['gateway', ofTheEdge],
]
