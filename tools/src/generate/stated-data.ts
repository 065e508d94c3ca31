import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { EventingModule } from '@mpics/eventing'
import {
  Connection,
  type DataEntry,
  MongoModule,
  PersonalData,
  schemaDifferences,
  type StoredFields,
} from '@mpics/mongo'
import type { Service } from '../environment/system/services.js'
import type { Registers } from './inventory.js'

type Class = (new (...args: unknown[]) => { onModuleInit?: () => void }) & { name: string }
interface Made {
  module: Class
  providers?: unknown[]
}
type Imported = Class | Made

/** Answers everything with itself: what a constructor is given beside the register and the connection. */
const standIn: object = new Proxy(() => standIn, {
  get: (_, name) => {
    if (name === Symbol.iterator) return () => [standIn].values()
    if (name === Symbol.toPrimitive) return () => ''
    return typeof name === 'symbol' || name === 'then' ? undefined : standIn
  },
  apply: () => standIn,
})

type Schema = Parameters<typeof schemaDifferences>[1]
type Models = Record<string, { collection: { name: string }; schema: Schema }>

/** Knows collections and their schemas, and reaches no database. */
function connectionOf(models: Models) {
  const model = (name: string, schema: Schema, collection = name) =>
    (models[collection] = { collection: { name: collection }, schema })
  return { models, model, db: standIn }
}

const metadata = (key: string, of: object) =>
  ((Reflect as unknown as { getMetadata(key: string, of: object): unknown }).getMetadata(key, of) ?? []) as unknown[]

const isClass = (value: unknown): value is Class => typeof value === 'function'

/** The classes that a module and the modules below it provide. */
function providersOf(imported: Imported): Class[] {
  const [module, more] = isClass(imported) ? [imported, []] : [imported.module, imported.providers ?? []]
  const below = metadata('imports', module) as Imported[]
  return [...more, ...metadata('providers', module)].filter(isClass).concat(below.flatMap(providersOf))
}

interface Stated {
  register: PersonalData
  models: Models
}

/** Collects the statements of a module's repositories. Their constructors are run, without a database or a service. */
function stated(module: Imported): Stated {
  const [register, models]: [PersonalData, Models] = [new PersonalData(), {}]
  const known = new Map<unknown, unknown>([
    [PersonalData, register],
    [Connection, connectionOf(models)],
  ])
  const given = (type: unknown) => known.get(type) ?? standIn
  const stating = [...new Set(providersOf(module))].filter((each) => parametersOf(each).some((type) => known.has(type)))
  for (const each of stating) state(each, register, given)
  return { register, models }
}

/** Some register only after the constructors of others. */
function state(each: Class, register: PersonalData, given: (type: unknown) => unknown): void {
  const before = register.entries().length
  const made = new each(...parametersOf(each).map(given))
  if (register.entries().length === before && parametersOf(each).includes(PersonalData)) made.onModuleInit?.()
}

const parametersOf = (each: Class) => metadata('design:paramtypes', each)

const moduleOf = async (root: string, service: Service): Promise<Class> => {
  const file = join(root, 'apps', service, `dist/${service}.module.js`)
  return Object.values((await import(pathToFileURL(file).href)) as Record<string, Class>)[0]!
}

const isOfLibs = ({ store }: DataEntry) => 'collection' in store && store.collection.startsWith('_')

/** The register of one built service, without what every service has. */
export async function ownData(root: string, service: Service): Promise<DataEntry[]> {
  return stated(await moduleOf(root, service))
    .register.entries()
    .filter((entry) => !isOfLibs(entry))
}

const eventing = (service: Service) => stated(EventingModule.forRoot({ service, brokers: [] })).register

/** What comes with the connection. */
const database = stated(MongoModule.forRoot('')).register

/** The register of what every service with a database has. */
export async function dataOfLibs(root: string, service: Service): Promise<DataEntry[]> {
  const own = stated(await moduleOf(root, service)).register.entries()
  return [...database.entries(), ...eventing(service).entries(), ...own.filter(isOfLibs)]
}

function faultsOf(service: Service, { register, models }: Stated, shared: StoredFields): string[] {
  return Object.values(models).flatMap(({ collection: { name }, schema }) => {
    const entry = register.entryFor(name)
    return entry
      ? schemaDifferences(`${name} of ${service}`, schema, entry.fields, shared)
      : [`The collection ${name} of ${service} is not in the register: its repository must state its entry.`]
  })
}

/** The registers of all built services, with a sentence for each collection or field of a schema that none states. */
export async function statedBy(root: string, services: readonly Service[]): Promise<Registers & { faults: string[] }> {
  const modules = await Promise.all(services.map(async (name) => [name, stated(await moduleOf(root, name))] as const))
  const holding = modules.filter(([, { register }]) => register.entries().length > 0)
  const [first] = holding.map(([name]) => name)
  const shared = eventing(first!).sharedFields()
  return {
    own: holding.map(([name, { register }]) => [name, register.entries().filter((entry) => !isOfLibs(entry))]),
    ofLibs: await dataOfLibs(root, first!),
    shared,
    faults: holding.flatMap(([name, each]) => faultsOf(name, each, shared)),
  }
}
