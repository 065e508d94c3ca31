import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { eventually } from '@mpics/testing/eventually'
import { databaseUri } from '../../environment/system/environment.js'
import type { System } from '../../environment/system/system.js'
import { Member, newPerson } from '../../people/member.js'
import type { Bench } from '../measuring/bench.js'
import { interleaved, type Summary, summarise } from '../measuring/measure.js'
import { report } from '../measuring/report.js'

const FOLLOWERS = Number(process.env['BENCH_FOLLOWERS'] ?? 100_000)
const PIECE = 10_000
const TIMEOUT_MS = 3_600_000

type Connection = Awaited<ReturnType<typeof connectMongo>>
type Document = { _id: string } & Record<string, unknown>

const once = (ms: number): Summary => summarise([ms], ms / 1000)

/** A person with many followers, from the order to the last answer, against a bare `deleteMany` of the same documents. */
export async function benchErasure({ system, api, mailbox, rounds }: Bench): Promise<void> {
  const stores = await Stores.of(system)
  const erased = async () => {
    const member = new Member(newPerson('bench', 'Bench'), api, mailbox)
    await member.join()
    await stores.follow(member.accountId, 'follows')
    await member.api.call(identity.closeMyAccount, {})
    await stores.hidden(member.accountId)
    return once(await stores.erasure(member.accountId))
  }
  const deleted = async () => {
    const id = randomUUID()
    await stores.follow(id, 'bench_follows')
    return once(await stores.delete(id))
  }
  try {
    const comparison = await interleaved(erased, deleted, rounds)
    const title = `Erasure of a person with ${FOLLOWERS} followers`
    report(title, { ours: 'ordered to answered by all', reference: 'bare deleteMany' }, comparison)
  } finally {
    await stores.close()
  }
}

async function indexAlike(connection: Connection): Promise<void> {
  for (const { name, key, partialFilterExpression: partial } of await connection.collection('follows').indexes())
    await connection
      .collection('bench_follows')
      .createIndex(key, { name, ...(partial && { partialFilterExpression: partial }) })
}

/** The documents, as profiles and media store them: to follow by requests would take an hour. */
class Stores {
  private constructor(private readonly of: Record<'identity' | 'profiles' | 'media', Connection>) {}

  static async of({ stack, prefix }: System): Promise<Stores> {
    const open = (service: string) => connectMongo(databaseUri(stack.mongodbUri, `${prefix}${service}`))
    const [of, profiles, media] = await Promise.all([open('identity'), open('profiles'), open('media')])
    await Promise.all([profiles, media].map(indexAlike))
    return new Stores({ identity: of, profiles, media })
  }

  async follow(followedId: string, collection: string): Promise<void> {
    for (let made = 0; made < FOLLOWERS; made += PIECE) {
      const followers = Array.from({ length: Math.min(PIECE, FOLLOWERS - made) }, () => randomUUID())
      const since = new Date()
      const follows = followers.map((followerId) => ({ _id: `${followerId}:${followedId}`, followerId, followedId }))
      await this.add(
        'profiles',
        collection,
        follows.map((one) => ({ ...one, active: true, since, version: 1 })),
      )
      const projected = follows.map(({ _id }) => ({ _id, followedId, following: true, sequence: 1 }))
      await this.add('media', collection, projected)
    }
  }

  /** Days before an erasure, a closing has marked all of them. */
  async hidden(followedId: string): Promise<void> {
    const marked = { followedId, 'standing.followed.hidden': true }
    const follows = this.of.profiles.collection('follows')
    await eventually('the marks', async () => (await follows.countDocuments(marked)) === FOLLOWERS, TIMEOUT_MS)
  }

  /** Makes it due, and resolves to how long the erasure took. */
  async erasure(accountId: string): Promise<number> {
    const accounts = this.of.identity.collection<Document>('accounts')
    const erasesAt = new Date(Date.now() - 600_000)
    const before = await this.finished()
    await accounts.updateOne({ _id: accountId }, { $set: { 'closure.erasesAt': erasesAt } })
    await eventually('the erasure', async () => (await this.finished()) > before, TIMEOUT_MS)
    const [last] = await this.erasures().find().sort({ finishedAt: -1 }).limit(1).toArray()
    return (last!['finishedAt'] as Date).getTime() - (last!['begunAt'] as Date).getTime()
  }

  async delete(followedId: string): Promise<number> {
    const began = performance.now()
    for (const service of ['profiles', 'media'] as const)
      await this.of[service].collection('bench_follows').deleteMany({ followedId })
    return performance.now() - began
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.of).map(closeMongo))
  }

  private erasures() {
    return this.of.identity.collection<Document>('erasures')
  }

  private finished(): Promise<number> {
    return this.erasures().countDocuments({ finishedAt: { $ne: null } })
  }

  private async add(service: 'profiles' | 'media', collection: string, documents: Document[]): Promise<void> {
    await this.of[service].collection<Document>(collection).insertMany(documents, { ordered: false })
  }
}
