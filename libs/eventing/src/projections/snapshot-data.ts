import type { Connection, Erasure, HeldData } from '@mpics/mongo'
import { snapshotFields } from '../eventing-fields.js'
import type { Word } from './topic-snapshots.js'

const PREFIX = '_snapshot.'

/** States the last words of compacted topics about a person, held while a rebuild reads them; one that was broken off leaves them behind. */
export class SnapshotData implements HeldData {
  readonly store = { collection: `${PREFIX}*` }
  readonly subject = 'the account that the key names, `_id`, or a field of the event'
  readonly purpose = 'administration'
  readonly fields = snapshotFields
  readonly retention = 'until the rebuild has ended; after one that was broken off, until the next'
  readonly age = null

  constructor(private readonly connection: Connection) {}

  async erase(accountId: string): Promise<Erasure> {
    const found = await Promise.all((await this.snapshots()).map((words) => words.deleteMany(naming(accountId))))
    return { erased: found.reduce((sum, { deletedCount }) => sum + deletedCount, 0), waiting: 0 }
  }

  async *export(accountId: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
    for (const words of await this.snapshots())
      for await (const { envelope } of words.find(naming(accountId)))
        if (envelope) yield { type: envelope.type, time: envelope.time }
  }

  private async snapshots() {
    const db = this.connection.db!
    const all = await db.listCollections({}, { nameOnly: true }).toArray()
    return all.filter(({ name }) => name.startsWith(PREFIX)).map(({ name }) => db.collection<Word>(name))
  }
}

const FIELDS_OF_DATA = { $objectToArray: { $ifNull: ['$envelope.data', {}] } }

const naming = (accountId: string) => ({
  $or: [
    { $expr: { $gte: [{ $indexOfCP: ['$_id', { $literal: accountId }] }, 0] } },
    { $expr: { $in: [{ $literal: accountId }, { $map: { input: FIELDS_OF_DATA, in: '$$this.v' } }] } },
  ],
})
