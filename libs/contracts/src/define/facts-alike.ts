import { z } from 'zod'
import type { EventDefinition, NewEvent } from './define-event.js'

type Shape = Record<string, z.ZodType>
type Input<S extends Shape> = z.input<z.ZodObject<S>>
type Output<S extends Shape> = z.output<z.ZodObject<S>>

/** States one of several facts by what it does not share with the others. */
export type StateFact<S extends Shape, K extends keyof Input<S>> = (own: Pick<Input<S>, K>) => NewEvent<Output<S>>

/**
 * States facts that differ in some fields alone, as `of` does: what they share is checked with the first. The views of one request are
 * of different pages, and all else about them is the same.
 */
export function factsAlike<S extends Shape, K extends keyof Input<S> & keyof S & string>(
  event: EventDefinition<S>,
  ...differing: readonly K[]
): (shared: Omit<Input<S>, K>) => StateFact<S, K> {
  const own = z.strictObject(Object.fromEntries(differing.map((name) => [name, event.schema.shape[name]])))
  const names = Object.keys(event.schema.shape)
  return (shared) => {
    let common: object | undefined
    return (one) => {
      if (common) return stated({ ...common, ...own.parse(one) })
      const first = event.of({ ...shared, ...one } as Input<S>)
      common = placesOf(first.data)
      return first
    }
  }

  /** A place for each differing field, in the order of the schema, and what the first has for each other. */
  function placesOf(first: Record<string, unknown>): object {
    const entries = names.map((name) => [name, name in own.shape ? undefined : first[name]] as const)
    return Object.fromEntries(entries.filter(([name]) => name in own.shape || name in first))
  }

  function stated(data: object): NewEvent<Output<S>> {
    return { type: event.type, subject: event.keyOf(data as Output<S>), data: data as Output<S> }
  }
}
