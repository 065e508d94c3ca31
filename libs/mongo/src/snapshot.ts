import mongoose from 'mongoose'
import type { Connection } from './mongo-connection.js'

const { BSON } = mongoose.mongo
const CHUNK_BYTES = 4 * 1024 * 1024
const BATCH = 500

/** Int32, Double and Long stay apart, or a restored document would differ from the stored one. */
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false } as const

/** A database as it is at one moment, whatever is written meanwhile. */
export class DatabaseSnapshot {
  private constructor(
    private readonly connection: Connection,
    private readonly session: mongoose.mongo.ClientSession,
    readonly collections: readonly string[],
  ) {}

  /** The moment is that of the call: its first read binds it. */
  static async open(connection: Connection, isLeftOut: (collection: string) => boolean): Promise<DatabaseSnapshot> {
    const collections = (await namesOf(connection)).filter((name) => !isLeftOut(name)).sort()
    const session = connection.getClient().startSession({ snapshot: true })
    const first = collections[0]
    if (first !== undefined) await connection.db!.collection(first).findOne({}, { session, projection: { _id: 1 } })
    return new DatabaseSnapshot(connection, session, collections)
  }

  /** Pieces of some megabytes, each of whole documents in BSON one after the other, as mongodump writes them. */
  async *pieces(collection: string): AsyncGenerator<{ documents: number; bytes: Buffer }> {
    const { session } = this
    const documents = this.connection.db!.collection(collection).find({}, { session, raw: true, batchSize: BATCH })
    let [held, size]: [Uint8Array[], number] = [[], 0]
    for await (const document of documents as unknown as AsyncIterable<Uint8Array>) {
      held.push(document)
      size += document.length
      if (size < CHUNK_BYTES) continue
      yield { documents: held.length, bytes: Buffer.concat(held) }
      ;[held, size] = [[], 0]
    }
    if (held.length > 0) yield { documents: held.length, bytes: Buffer.concat(held) }
  }

  async close(): Promise<void> {
    await this.session.endSession()
  }
}

const namesOf = async ({ db }: Connection): Promise<string[]> =>
  (await db!.listCollections({}, { nameOnly: true }).toArray())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))

/**
 * Added to the version of an aggregate, which is the sequence of its events: consumers that heard of writes which are lost now take what
 * it says next for newer.
 */
export const NEW_EPOCH = 1_000_000

/** Writes the documents of a piece as they were, but for their versions; resolves to how many. */
export async function loadPiece(connection: Connection, collection: string, bytes: Buffer): Promise<number> {
  const target = connection.db!.collection(collection)
  let count = 0
  for (const documents of batchesIn(bytes)) {
    await target.insertMany(documents, { ordered: false })
    count += documents.length
  }
  return count
}

function* batchesIn(bytes: Buffer): Generator<mongoose.mongo.BSON.Document[]> {
  for (let at = 0; at < bytes.length;) {
    const documents = []
    while (at < bytes.length && documents.length < BATCH) {
      const size = bytes.readInt32LE(at)
      documents.push(raised(BSON.deserialize(bytes.subarray(at, at + size), EXACT)))
      at += size
    }
    yield documents
  }
}

const raisedVersion = (version: unknown) => (version instanceof BSON.Int32 ? version.valueOf() + NEW_EPOCH : version)

const raised = ({ version, ...document }: mongoose.mongo.BSON.Document) => ({
  ...document,
  ...(version !== undefined && { version: raisedVersion(version) }),
})

/** Collections with at least one document. */
export async function filledCollections(connection: Connection): Promise<string[]> {
  const names = await namesOf(connection)
  const first = await Promise.all(names.map((name) => connection.db!.collection(name).findOne({})))
  return names.filter((_, i) => first[i] !== null)
}

export async function dropCollections(connection: Connection): Promise<void> {
  for (const name of await namesOf(connection)) await connection.db!.dropCollection(name)
}
