import { topics } from '@mpics/contracts/catalogue'
import { readTopic } from '@mpics/eventing'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { StoredObjects } from './stored-objects.js'
import { logFolder, logsIn, type Running } from './system.js'

/** Looks for values everywhere that a system keeps something. */
export class HeldTraces {
  constructor(private readonly running: Running) {}

  /** Each document of each database that holds one of the values: where, and which. */
  async inDatabases(values: readonly string[]): Promise<string[]> {
    const found: string[] = []
    await this.eachDocument((place, text) => {
      for (const value of values) if (text.includes(value.toLowerCase())) found.push(`${place}: ${value}`)
    })
    return found
  }

  /** How many documents each collection has. */
  async counts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {}
    await this.eachDocument((place) => (counts[place] = (counts[place] ?? 0) + 1))
    return counts
  }

  /** Names of the stored files, by bucket. */
  objects(): Promise<string[]> {
    return new StoredObjects(this.running.system).names()
  }

  /** All that the topics hold: keys, headers and values. */
  async inTopics(values: readonly string[]): Promise<string[]> {
    const { kafkaBrokers } = this.running.system.stack
    const kafka = { brokers: kafkaBrokers.split(','), prefix: this.running.system.prefix }
    const found: string[] = []
    for (const { name } of topics) {
      const text = JSON.stringify(await readTopic(kafka, name)).toLowerCase()
      for (const value of values) if (text.includes(value.toLowerCase())) found.push(`${name}: ${value}`)
    }
    return found
  }

  async inLogs(values: readonly string[]): Promise<string[]> {
    const logs = [...(await logsIn(logFolder(this.running)))]
    return logs.flatMap(([file, text]) =>
      values.filter((value) => text.toLowerCase().includes(value.toLowerCase())).map((value) => `${file}: ${value}`),
    )
  }

  private async eachDocument(look: (place: string, text: string) => void): Promise<void> {
    const { stack, prefix } = this.running.system
    const connection = await connectMongo(stack.mongodbUri)
    try {
      const { databases } = await connection.db!.admin().listDatabases({ nameOnly: true })
      const own = databases.filter(({ name }) => name.startsWith(prefix.replaceAll(/[^A-Za-z0-9_-]/g, '_')))
      for (const { name } of own) {
        const db = connection.getClient().db(name)
        for (const collection of await db.listCollections({}, { nameOnly: true }).toArray())
          for await (const document of db.collection(collection.name).find())
            look(`${name.slice(prefix.length)}.${collection.name}`, JSON.stringify(document).toLowerCase())
      }
    } finally {
      await closeMongo(connection)
    }
  }
}
