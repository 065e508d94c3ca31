import { type Service, serviceNames } from '../environment/system/services.js'
import { UserFacingError } from '../environment/user-facing-error.js'

const FIRST = 9230

/** Where a debugger attaches to each service of `npm run dev`. */
export const inspectorPorts = Object.fromEntries(serviceNames.map((name, i) => [name, FIRST + i])) as Record<
  Service,
  number
>

/** The services that were named, each once. */
export function namedServices(words: readonly string[]): Service[] {
  const unknown = words.filter((word) => !serviceNames.includes(word as Service))
  if (unknown.length || !words.length)
    throw new UserFacingError(
      `${unknown.length ? `There is no service ${unknown.join(', ')}.` : 'Name the services to work on.'} There are: ${serviceNames.join(', ')}. For example: npm run dev -- identity`,
    )
  return serviceNames.filter((name) => words.includes(name))
}
