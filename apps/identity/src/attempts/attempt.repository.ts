import { Connection, isDuplicateKey } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Schema } from 'mongoose'
import { FORGOTTEN_AFTER_MS, type Waits } from './backoff-schedule.js'

interface AttemptDocument {
  _id: string
  count: number
  notBefore: Date
  forgetAt: Date
}

const schema = new Schema<AttemptDocument>(
  { _id: String, count: Number, notBefore: Date, forgetAt: Date },
  { versionKey: false, id: false, autoIndex: false, autoCreate: false },
).index({ forgetAt: 1 }, { name: 'forget', expireAfterSeconds: 0 })

const modelOn = (connection: Connection) => connection.model('attempts', schema, 'attempts')

/** Counts attempts in a row. An attempt counts when it begins, so that many at the same moment are no way around. */
@Injectable()
export class AttemptRepository implements OnApplicationBootstrap {
  private readonly model: ReturnType<typeof modelOn>

  constructor(connection: Connection) {
    this.model = modelOn(connection)
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.model.createIndexes()
  }

  /** Counts one attempt, in one atomic write, and resolves to undefined; or to the time before which none is let through. */
  async admit(key: string, waits: Waits, now: Date): Promise<Date | undefined> {
    for (;;) {
      if (await this.count(key, waits, now)) return undefined
      const notBefore = (await this.model.findById(key).lean())?.notBefore
      if (notBefore && notBefore > now) return notBefore
      // Another attempt made the document a moment ago: it exists now, and is counted.
    }
  }

  private async count(key: string, waits: Waits, now: Date): Promise<boolean> {
    const due = { _id: key, notBefore: { $lte: now } }
    try {
      await this.model.updateOne(due, counted(waits, now), { upsert: true, updatePipeline: true })
      return true
    } catch (error) {
      if (isDuplicateKey(error, '_id_')) return false
      throw error
    }
  }

  async forget(keys: readonly string[]): Promise<void> {
    await this.model.deleteMany({ _id: { $in: keys } })
  }

  /** A write that changes nothing of meaning, where another kind of request would write. */
  async touch(key: string, now: Date): Promise<void> {
    await this.model.updateOne({ _id: key }, { $max: { forgetAt: new Date(now.getTime() + FORGOTTEN_AFTER_MS) } })
  }
}

/** While there is nothing to wait for, no clock is compared: attempts at the same moment pass each other on their way. */
const AT_ANY_TIME = new Date(0)

const counted = (waits: Waits, now: Date) => [
  { $set: { count: { $add: [{ $ifNull: ['$count', 0] }, 1] } } },
  { $set: { wait: { $arrayElemAt: [waits, { $min: [{ $subtract: ['$count', 1] }, waits.length - 1] }] } } },
  {
    $set: {
      notBefore: { $cond: [{ $gt: ['$wait', 0] }, { $add: [now, '$wait'] }, AT_ANY_TIME] },
      forgetAt: new Date(now.getTime() + FORGOTTEN_AFTER_MS),
    },
  },
  { $unset: 'wait' },
]
