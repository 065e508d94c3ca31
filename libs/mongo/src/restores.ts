import { Injectable, type OnModuleInit, Optional } from '@nestjs/common'
import { about } from './about.js'
import { keptForEver } from './keeping.js'
import { Connection } from './mongo-connection.js'
import { PersonalData } from './personal-data.js'

const COLLECTION = '_restores'

/** What a restore leaves in a database: which time is lost, and from when on events are to be heard again. */
export interface Restored {
  readonly backupAt: Date
  readonly hearFrom: Date
  readonly restoredAt: Date
}

interface Mark extends Partial<Restored> {
  /** Of the backup, and when its restoring began. */
  _id: string
  begunAt: Date
  heardFrom?: Date
  claimedUntil?: Date
}

const time = about.technical('administration')
const fields = {
  _id: about.technical('administration', 'the backup, and when its restore began'),
  begunAt: time,
  backupAt: time,
  hearFrom: time,
  restoredAt: time,
  heardFrom: time,
  claimedUntil: time,
}

const CLAIM_MS = 60_000

export class RestoreUnfinishedError extends Error {
  constructor(database: string, id: string) {
    super(`the database ${database} holds a part of the backup ${id}: repeat mpics restore with --replace`)
    this.name = 'RestoreUnfinishedError'
  }
}

const marksIn = ({ db }: Connection) => db!.collection<Mark>(COLLECTION)

/** Notes, first of all, that what the database holds is not whole yet. */
export async function beginRestore(connection: Connection, backup: string, begunAt: Date): Promise<string> {
  const _id = `${backup} ${begunAt.toISOString()}`
  await marksIn(connection).insertOne({ _id, begunAt })
  return _id
}

export async function endRestore(connection: Connection, _id: string, restored: Restored): Promise<void> {
  await marksIn(connection).updateOne({ _id }, { $set: { ...restored } })
}

/** What a service knows of restores of its database. They happen while it is stopped, so it looks once. */
@Injectable()
export class Restores implements OnModuleInit {
  private known: readonly Restored[] = []

  constructor(
    @Optional() private readonly connection?: Connection,
    @Optional() personalData?: PersonalData,
  ) {
    const impersonal = 'says when the database was restored, and from which backup'
    if (connection) personalData?.register({ store: { collection: COLLECTION }, impersonal, fields, ...keptForEver })
  }

  async onModuleInit(): Promise<void> {
    if (!this.connection) return
    const marks = await marksIn(this.connection).find().toArray()
    const half = marks.find(({ restoredAt }) => !restoredAt)
    if (half) throw new RestoreUnfinishedError(this.connection.name, half._id)
    this.known = marks as unknown as Restored[]
  }

  get any(): boolean {
    return this.known.length > 0
  }

  /** True of a moment whose writes were lost with a restore. */
  isLost(at: Date): boolean {
    return this.known.some(({ backupAt, restoredAt }) => backupAt < at && at <= restoredAt)
  }

  isBefore(at: Date): boolean {
    return this.known.some(({ restoredAt }) => at <= restoredAt)
  }

  /** Has `rewind` done once after each restore, by one replica; the others wait for it. */
  async afterRestore(rewind: (from: Date) => Promise<void>): Promise<void> {
    if (this.known.length === 0) return
    for (let mark = await this.claim(); mark !== 'none'; mark = await this.claim()) {
      if (mark === 'claimed') await new Promise((resolve) => setTimeout(resolve, 250))
      else await this.rewind(mark, rewind)
    }
  }

  private async rewind({ _id, hearFrom }: Mark, rewind: (from: Date) => Promise<void>): Promise<void> {
    await rewind(hearFrom!)
    await marksIn(this.connection!).updateOne({ _id }, { $set: { heardFrom: hearFrom! } })
  }

  private async claim(): Promise<Mark | 'claimed' | 'none'> {
    const [marks, now] = [marksIn(this.connection!), new Date()]
    const open = { heardFrom: { $exists: false } }
    const free = { ...open, $or: [{ claimedUntil: { $exists: false } }, { claimedUntil: { $lt: now } }] }
    const claimedUntil = new Date(now.getTime() + CLAIM_MS)
    const mine = await marks.findOneAndUpdate(free, { $set: { claimedUntil } })
    return mine ?? ((await marks.findOne(open)) ? 'claimed' : 'none')
  }
}
