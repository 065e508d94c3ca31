import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { EventingModule } from '@mpics/eventing'
import { Connection, type DataEntry, PersonalData } from '@mpics/mongo'
import type { Service } from '../environment/system/services.js'

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

/** Knows the names of collections, and reaches no database. */
const connection = {
  models: {},
  model: (name: string, _schema: unknown, collection = name) => ({ collection: { name: collection } }),
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

/** Collects the statements of a module's repositories. Their constructors are run, without a database or a service. */
function stated(module: Imported): DataEntry[] {
  const register = new PersonalData()
  const stating = [...new Set(providersOf(module))].filter((each) => parametersOf(each).includes(PersonalData))
  const given = (type: unknown) => (type === PersonalData ? register : type === Connection ? connection : standIn)
  for (const each of stating) new each(...parametersOf(each).map(given)).onModuleInit?.()
  return register.entries()
}

const parametersOf = (each: Class) => metadata('design:paramtypes', each)

const moduleOf = async (root: string, service: Service): Promise<Class> => {
  const file = join(root, 'apps', service, `dist/${service}.module.js`)
  return Object.values((await import(pathToFileURL(file).href)) as Record<string, Class>)[0]!
}

const isOfLibs = ({ store }: DataEntry) => 'collection' in store && store.collection.startsWith('_')

/** The register of one built service, without what every service has. */
export async function ownData(root: string, service: Service): Promise<DataEntry[]> {
  return stated(await moduleOf(root, service)).filter((entry) => !isOfLibs(entry))
}

/** The register of what every service with a database has. */
export async function dataOfLibs(root: string, service: Service): Promise<DataEntry[]> {
  const eventing = EventingModule.forRoot({ service, brokers: [] }) as Made
  return [...stated(eventing), ...stated(await moduleOf(root, service)).filter(isOfLibs)]
}
