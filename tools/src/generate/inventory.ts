import {
  type About,
  type ApiAnswer,
  type ApiDefinition,
  categoryOf,
  dataCategories,
  type Holding,
  identity,
} from '@mpics/contracts'
import { analysts, callFields, consumers, internalApis, publicApis } from '@mpics/contracts/catalogue'
import { type DataEntry, nameOfStore, statedFields, type StoredFields } from '@mpics/mongo'
import { holdings } from '@mpics/service-kit'
import type { Service } from '../environment/system/services.js'

export type Inventory = ApiAnswer<typeof identity.getInventory>
type Item = Inventory['items'][number]
type Place = Omit<Item, 'category' | 'purpose' | 'fields'> & { fields: readonly (readonly [string, About])[] }

/** What is known of a running or built system. */
export interface Registers {
  /** What each service states of its own collections and buckets. */
  readonly own: readonly (readonly [Service, readonly DataEntry[]])[]
  /** What every service with a database states. */
  readonly ofLibs: readonly DataEntry[]
  readonly shared: StoredFields
}

const EVERY_SERVICE = 'every service with a database'
const OPERATORS = 'operators'

function placeOf(owner: string, recipients: readonly string[], entry: DataEntry): Place {
  const isHeld = 'erase' in entry
  return {
    where: `${owner}: ${nameOfStore(entry.store)}`,
    about: isHeld ? entry.subject : `nobody: ${entry.impersonal}`,
    retention: entry.retention ?? 'as long as the site needs it',
    erasure: isHeld ? 'erased with the account' : 'none: it is about nobody',
    recipients: [...recipients, ...(isHeld && entry.shownTo ? [entry.shownTo] : [])],
    fields: statedFields(entry.fields),
  }
}

function storesOf({ own, ofLibs, shared }: Registers): Place[] {
  const services = own.map(([service]) => service)
  const besides = {
    where: `${EVERY_SERVICE}: any collection`,
    about: 'whom the document is about',
    retention: 'as the document; an event until it is published',
    erasure: 'with the document',
    recipients: services,
    fields: statedFields(shared),
  }
  return [
    ...own.flatMap(([service, entries]) => entries.map((entry) => placeOf(service, [service], entry))),
    ...ofLibs.map((entry) => placeOf(EVERY_SERVICE, [...services, OPERATORS], entry)),
    besides,
  ]
}

const COPY = /\.(dlt|replay)\./
const nameOf = ({ place }: Holding) => place.replace('topic ', '')

function recipientsOf(holding: Holding): string[] {
  const name = nameOf(holding)
  const services = consumers.filter(({ event }) => event.topic.name === name).map(({ service }) => service)
  const readers = analysts.some(({ topics }) => topics.some((topic) => topic.name === name)) ? ['analysts'] : []
  return [...new Set<string>(services), ...readers, ...(holding.place.startsWith('topic ') ? [] : [OPERATORS])]
}

const heldElsewhere = (): Place[] =>
  holdings
    .filter(({ place }) => !COPY.test(place))
    .map((holding) => ({
      where: holding.place,
      about: holding.subject,
      retention: holding.retention,
      erasure: holding.erasure,
      recipients: recipientsOf(holding),
      fields: Object.entries(holding.fields),
    }))

function copies(): Place {
  const [copy] = holdings.filter(({ place }) => COPY.test(place))
  const about = {
    classification: 'identifier',
    purpose: 'administration',
    description: 'as its topic states it',
  } as const
  return {
    where: 'topics <topic>.dlt.<service> and <topic>.replay.<service>',
    about: 'whom the topic is about',
    retention: copy!.retention,
    erasure: copy!.erasure,
    recipients: [OPERATORS],
    fields: [['*', about]],
  }
}

const TAKEN_IN: readonly string[] = ['personal', 'secret', 'traffic', 'identifier'] satisfies About['classification'][]

type Part = 'params' | 'query' | 'body' | 'answer'

/** What somebody says of a person in these parts of calls. */
export function saidInCalls(apis: readonly ApiDefinition[], parts: readonly Part[]): Place['fields'] {
  const fields = apis.flatMap((api) =>
    parts.flatMap((part) => {
      const schema = api[part]
      return (schema ? callFields(schema) : []).flatMap(({ name, about }) =>
        about && TAKEN_IN.includes(about.classification) ? [[`${api.name}.${name}`, about] as const] : [],
      )
    }),
  )
  return [...new Map(fields)]
}

const passing = {
  retention: 'until the call is answered; what is kept of it is in the stores',
  erasure: 'none: nothing is kept here',
}

const takenIn = (): Place => ({
  ...passing,
  where: 'calls of the API',
  about: 'who calls, or whom they name',
  recipients: ['the service that answers'],
  fields: saidInCalls(publicApis, ['params', 'query', 'body']),
})

/** An answer says more here than whoever asks has said. */
const passedOn = (): Place => ({
  ...passing,
  where: 'calls between services',
  about: 'whom they name',
  recipients: ['the service that asks', 'the service that answers'],
  fields: saidInCalls(internalApis, ['params', 'query', 'body', 'answer']),
})

/** One item for each purpose, so that each field is in exactly one. */
function itemsOf({ fields, ...place }: Place): Item[] {
  const groups = Map.groupBy(fields, ([, about]) => `${categoryOf(about)} ${about.purpose}`)
  return [...groups.values()].map((group) => {
    const [[, about]] = group as [(typeof group)[number]]
    return {
      category: categoryOf(about),
      purpose: about.purpose,
      ...place,
      fields: group.map(([name, { classification, description }]) => ({
        name,
        classification,
        ...(description && { description }),
      })),
    }
  })
}

/** Everything that the system holds, as it states it of itself. */
export const inventoryOf = (registers: Registers): Inventory => ({
  thirdParties: [],
  categories: Object.entries(dataCategories.known).map(([category, description]) => ({ category, description })),
  items: [...storesOf(registers), ...heldElsewhere(), copies(), takenIn(), passedOn()].flatMap(itemsOf),
})

/** A line for each field with all that is said of it, in order: to compare two inventories. */
export const inventoryRows = ({ items }: Inventory): string[] =>
  items
    .flatMap(({ fields, where, category, purpose, retention, erasure, recipients }) =>
      fields.map(({ name, classification, description }) =>
        [
          where,
          name,
          classification,
          description,
          category,
          purpose,
          retention,
          erasure,
          ...recipients.toSorted(),
        ].join(' | '),
      ),
    )
    .sort()
