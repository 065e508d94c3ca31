import type { EventDefinition, ServiceName } from '@mpics/contracts'
import type { Consumption } from '@mpics/contracts/catalogue'
import type { Idempotence } from './on.js'

export interface DeclaredHandler {
  event: EventDefinition
  name: string
  idempotence: Idempotence
  delivery: Consumption['delivery']
  formerly?: readonly string[]
}

const TABLE = 'libs/contracts/src/catalogue/consumers.ts'

/** Compares a service's handlers with the catalogue's table of consumers; returns one sentence for each contradiction. */
export function consumerDifferences(
  service: ServiceName,
  handlers: readonly DeclaredHandler[],
  table: readonly Consumption[],
): string[] {
  const rows = new Map(
    table.filter((row) => row.service === service).map((row) => [keyOf(row.event, row.reaction), row]),
  )
  const declared = new Set(handlers.map(({ event, name }) => keyOf(event, kebab(name))))
  const wrongHandlers = handlers.flatMap((handler) => {
    const difference = compare(handler, rows.get(keyOf(handler.event, kebab(handler.name))))
    return difference ? [`${service}: ${handler.name} handles ${handler.event.type}, ${difference}`] : []
  })
  const missing = [...rows].flatMap(([key, { reaction, event }]) =>
    declared.has(key)
      ? []
      : [
          `${service}: no handler exists for ${reaction} on ${event.type}: list its class under the controllers of a module of the service, or remove the row from ${TABLE}.`,
        ],
  )
  return [...wrongHandlers, ...missing]
}

function compare(handler: DeclaredHandler, row: Consumption | undefined): string | undefined {
  if (!row)
    return `and the table of consumers has no row for it: add ${kebab(handler.name)} to ${TABLE}, or remove the handler.`
  const [said, expected] = [traitsOf({ ...handler, formerly: handler.formerly?.map(kebab) }), traitsOf(row)]
  if (said === expected) return undefined
  return `as "${said}", and the table of consumers says "${expected}": correct the handler's decorator or ${TABLE}.`
}

const traitsOf = ({ idempotence, delivery, formerly = [] }: Omit<DeclaredHandler, 'event' | 'name'>): string =>
  [idempotence, delivery, ...formerly.map((name) => `formerly ${name}`)].join(', ')

const keyOf = (event: EventDefinition, reaction: string) => `${event.type} ${reaction}`

/** `MailOwnerOnRejection` is the reaction `mail-owner-on-rejection`. */
export const kebab = (name: string) => name.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
