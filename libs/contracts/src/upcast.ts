import type { z } from 'zod'
import type { EventDefinition } from './define-event.js'

type Shape = Record<string, z.ZodType>

/** One step from a version of an event to the next, for consumers that know only the newer one. */
export interface Upcaster {
  readonly from: EventDefinition
  readonly to: EventDefinition
  apply(data: unknown): unknown
}

export function defineUpcaster<A extends Shape, B extends Shape>(
  from: EventDefinition<A>,
  to: EventDefinition<B>,
  step: (data: z.output<z.ZodObject<A>>) => z.input<z.ZodObject<B>>,
): Upcaster {
  const family = (e: { type: string }) => e.type.replace(/\.v\d+$/, '')
  if (family(from) !== family(to) || to.version !== from.version + 1)
    throw new TypeError(
      `an upcaster leads from one version to the next of the same event, not from ${from.type} to ${to.type}`,
    )
  return {
    from: from,
    to: to,
    apply: (data) => to.schema.parse(step(from.schema.parse(data))),
  }
}

/** The upcasters of released events. Empty while every event is at its first version. */
export const upcasters: readonly Upcaster[] = []

/**
 * Reads `data`, published as `type`, as the event `wanted`: step by step where it is older. Returns undefined when no steps
 * lead there (a version that this consumer does not know).
 */
export function upcast(
  type: string,
  data: unknown,
  wanted: EventDefinition,
  steps: readonly Upcaster[] = upcasters,
): unknown {
  let at = type
  let value = data
  while (at !== wanted.type) {
    const step = steps.find((s) => s.from.type === at)
    if (!step) return undefined
    value = step.apply(value)
    at = step.to.type
  }
  return value
}
