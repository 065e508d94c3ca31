import { randomUUID } from 'node:crypto'
import { closeMongo, connectMongo } from '@mpics/mongo'
import type { Person } from '@mpics/tools/people/member'

interface Known {
  accountId: string
  person: Person
}

export interface Clone {
  accountId: string
  handle: string
}

type Stored = Record<string, unknown>

export const databaseOf = (prefix: string, service: string): string =>
  `${prefix}${service}`.replace(/[^A-Za-z0-9_-]/g, '_')

/** Stores the account and profile of somebody who joined under many more names, since hashing so many passwords takes long. */
export async function cloneMember(uri: string, prefix: string, known: Known, count: number): Promise<Clone[]> {
  const connection = await connectMongo(uri)
  try {
    const clones = Array.from({ length: count }, (_, i) => ({ accountId: randomUUID(), handle: `crowd${i}` }))
    for (const [service, collection] of [
      ['identity', 'accounts'],
      ['profiles', 'profiles'],
    ] as const) {
      const documents = connection.getClient().db(databaseOf(prefix, service)).collection(collection)
      const original = await documents.findOne({ _id: known.accountId as never })
      await documents.insertMany(clones.map((clone) => renamed(original, known, clone) as Stored))
    }
    return clones
  } finally {
    await closeMongo(connection)
  }
}

function renamed(value: unknown, known: Known, clone: Clone): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(known.accountId, clone.accountId)
      .replaceAll(known.person.email, `${clone.handle}@example.org`)
      .replaceAll(known.person.handle, clone.handle)
  if (Array.isArray(value)) return value.map((each) => renamed(each, known, clone))
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, renamed(each, known, clone)]))
}
