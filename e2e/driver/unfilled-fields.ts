import { type ApiAnswer, identity, serviceNames, services } from '@mpics/contracts'
import { closeMongo, type Connection, connectMongo } from '@mpics/mongo'
import { databaseUri } from '@mpics/tools/environment/system/environment'
import { StoredObjects } from './stored-objects.js'
import { parts, type Running } from './system.js'

type Item = ApiAnswer<typeof identity.getInventory>['items'][number]

const ANY = '*'
const OBJECTS = 'objects '
const keeping = serviceNames.filter((name) => (services[name].needs as readonly string[]).includes('database'))

/** The stored fields that the inventory calls personal, and that nothing fills of what leads to somebody by one of these values. */
export async function unfilledFields(running: Running, values: readonly string[]): Promise<string[]> {
  const { items } = await parts(running).api.call(identity.getInventory, {})
  const stored = items.filter(({ where, about }) => placesOf(where).length > 0 && !about.startsWith('nobody'))
  const unfilled: string[] = []
  for (const item of stored) {
    const found = await documentsAt(running, item, values)
    for (const { name, classification } of item.fields)
      if (classification === 'personal' && !found.some((document) => isFilled(document, name.split('.'))))
        unfilled.push(`${item.where} ${name}`)
  }
  return unfilled
}

/** `identity: accounts`, or `every service with a database: _inbox`. */
function placesOf(where: string): { service: string; store: string }[] {
  const [owner, store = ''] = where.split(': ')
  const owners = owner === 'every service with a database' ? keeping : keeping.filter((name) => name === owner)
  return owners.map((service) => ({ service, store }))
}

async function documentsAt(running: Running, { where }: Item, values: readonly string[]): Promise<unknown[]> {
  const found: unknown[] = []
  for (const { service, store } of placesOf(where))
    found.push(
      ...(store.startsWith(OBJECTS) ? await files(running, store) : await leading(running, service, store, values)),
    )
  return found
}

/** A file that is there has a content. */
async function files({ system }: Running, store: string): Promise<unknown[]> {
  const names = await new StoredObjects(system).names()
  const prefix = `/${store.slice(OBJECTS.length)}`
  return names.filter((name) => name.includes(prefix)).map((key) => ({ key, content: key }))
}

async function leading({ system }: Running, service: string, store: string, values: readonly string[]) {
  const name = `${system.prefix}${service}`.replaceAll(/[^A-Za-z0-9_-]/g, '_')
  const connection: Connection = await connectMongo(databaseUri(system.stack.mongodbUri, name))
  try {
    const all = await connection.collection(store).find().toArray()
    const texts = all.map((document) => [document, JSON.stringify(document)] as const)
    return texts.flatMap(([document, text]) => (values.some((value) => text.includes(value)) ? [document] : []))
  } finally {
    await closeMongo(connection)
  }
}

function isFilled(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((each) => isFilled(each, path))
  const [name, ...rest] = path
  if (name === undefined) return value !== null && value !== undefined && value !== ''
  if (typeof value !== 'object' || value === null) return false
  const inner = name === ANY ? Object.values(value) : [(value as Record<string, unknown>)[name]]
  return inner.some((each) => isFilled(each, rest))
}
