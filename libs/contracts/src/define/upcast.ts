import type { EventDefinition } from './define-event.js'
import { parsed } from './fits.js'

/**
 * Reads `data`, published as `type`, as the event `wanted`: by the steps of the versions between where it is older. Returns
 * undefined when none lead there (a version that this consumer does not know), and throws where the data breaks a schema.
 */
export function upcast(type: string, data: unknown, wanted: EventDefinition): unknown {
  if (type === wanted.type) return parsed(wanted.schema, data)
  if (!wanted.before) return undefined
  const older = upcast(type, data, wanted.before.event)
  return older === undefined ? undefined : wanted.schema.parse(wanted.before.step(older as never))
}
