import { closeMongo, connectMongo } from '@mpics/mongo'
import type { Running } from './system.js'

/** Everything in the databases of one system, as text by collection. */
export async function everythingStored({ system }: Running): Promise<Map<string, string>> {
  const prefix = system.prefix.replace(/[^A-Za-z0-9_-]/g, '_')
  const connection = await connectMongo(system.stack.mongodbUri)
  const found = new Map<string, string>()
  try {
    const { databases } = await connection.db!.admin().listDatabases({ nameOnly: true })
    for (const { name } of databases.filter((each) => each.name.startsWith(prefix))) {
      const db = connection.getClient().db(name)
      for (const collection of await db.listCollections().toArray())
        found.set(`${name}/${collection.name}`, JSON.stringify(await db.collection(collection.name).find().toArray()))
    }
  } finally {
    await closeMongo(connection)
  }
  return found
}
