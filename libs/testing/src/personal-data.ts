import {
  type Connection,
  type Erasure,
  nameOfStore,
  type PersonalData,
  schemaDifferences,
  unstatedIn,
} from '@mpics/mongo'
import { eventually } from './eventually.js'

/** The data that a person gets, by place. */
export async function exportOf(register: PersonalData, accountId: string): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {}
  for (const entry of register.held()) {
    const records: object[] = (found[nameOfStore(entry.store)] = [])
    for await (const record of entry.export(accountId)) records.push(record)
  }
  return found
}

/** Runs every entry's erasure once, in the order of the register: those that have found something, by place. */
export async function eraseOnce(register: PersonalData, accountId: string): Promise<Record<string, Erasure>> {
  const done: Record<string, Erasure> = {}
  for (const entry of register.held()) {
    const erasure = await entry.erase(accountId)
    if (erasure.erased + erasure.waiting > 0) done[nameOfStore(entry.store)] = erasure
  }
  return done
}

/** Erases again and again until nothing waits: how much was erased, by place. */
export async function eraseAll(register: PersonalData, accountId: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  await eventually(async () => {
    const done = Object.entries(await eraseOnce(register, accountId))
    for (const [place, { erased }] of done) if (erased > 0) sums[place] = (sums[place] ?? 0) + erased
    return done.every(([, { waiting }]) => waiting === 0)
  })
  return sums
}

const collectionsOf = async ({ db }: Connection) =>
  (await db!.listCollections().toArray()).map(({ name }) => name).filter((name) => !name.startsWith('system.'))

/** A sentence for each collection that exists and of which the register knows nothing. */
export async function unstatedCollections(connection: Connection, register: PersonalData): Promise<string[]> {
  const unknown = (await collectionsOf(connection)).filter((name) => !register.entryFor(name))
  return unknown.map(
    (name) =>
      `The collection ${name} of ${connection.name} is not in the register: its repository must state its entry.`,
  )
}

/** A sentence for each field of a schema, or of a document that is there, of which the register says nothing. */
export async function unstatedFields(connection: Connection, register: PersonalData): Promise<string[]> {
  const shared = register.sharedFields()
  const bySchema = Object.values(connection.models).flatMap(({ collection: { name }, schema }) =>
    schemaDifferences(`${name} of ${connection.name}`, schema, register.entryFor(name)?.fields ?? {}, shared),
  )
  const found = new Set(bySchema)
  for (const name of await collectionsOf(connection)) {
    const fields = { ...shared, ...register.entryFor(name)?.fields }
    for await (const document of connection.db!.collection(name).find())
      for (const field of unstatedIn(fields, document))
        found.add(`${field}, stored in ${name} of ${connection.name}, is not among the fields of its entry`)
  }
  return [...found]
}

/** A sentence for each collection with a document in which one of the words occurs. */
export async function documentsWith(connection: Connection, words: readonly string[]): Promise<string[]> {
  const wanted = words.map((word) => word.toLowerCase())
  const found: string[] = []
  for (const name of await collectionsOf(connection))
    for await (const document of connection.db!.collection(name).find()) {
      const text = JSON.stringify(document).toLowerCase()
      const word = wanted.find((each) => text.includes(each))
      if (word) found.push(`${name} of ${connection.name} holds ${word} in the document ${String(document._id)}`)
    }
  return found
}
