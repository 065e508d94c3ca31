import { randomUUID } from 'node:crypto'
import { Injectable, Optional } from '@nestjs/common'
import { Connection, isDuplicateKey } from '@mpics/mongo'
import { EffectInProgressError } from '../errors.js'

interface Entry {
  _id: string
  done: boolean
  holder: string | null
  until: Date
  expiresAt?: Date
}

const CLAIM_MS = 15_000
const DEFAULT_DAYS = 45

/**
 * Remembers which effects outside of the database were done for which event. An effect is repeated only when its process died
 * between the effect and its mark; two replicas are never at the same one at once.
 */
@Injectable()
export class Inbox {
  private indexed?: Promise<unknown>

  constructor(@Optional() private readonly connection?: Connection) {}

  /** Resolves to whether the effect was done now. `days`: how long the event can come back, that is its topic's retention. */
  async once(consumer: string, eventId: string, effect: () => Promise<void>, days = DEFAULT_DAYS): Promise<boolean> {
    const claim = { _id: `${consumer}:${eventId}`, holder: randomUUID() }
    await (this.indexed ??= this.makeIndex())
    if (!(await this.claim(claim, days))) return false
    const renewing = setInterval(() => void this.renew(claim).catch(() => undefined), CLAIM_MS / 3)
    try {
      await effect()
      await this.entries.updateOne({ _id: claim._id }, { $set: { done: true, holder: null } })
      return true
    } catch (error) {
      await this.giveBack(claim).catch(() => undefined)
      throw error
    } finally {
      clearInterval(renewing)
    }
  }

  private get entries() {
    if (!this.connection?.db) throw new Error('an effect can be done once only where there is a MongoDB to remember it')
    return this.connection.db.collection<Entry>('_inbox')
  }

  private async makeIndex(): Promise<void> {
    try {
      await this.entries.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' })
    } catch (error) {
      this.indexed = undefined
      throw error
    }
  }

  private async claim(claim: Pick<Entry, '_id'> & { holder: string }, days: number): Promise<boolean> {
    const free = {
      _id: claim._id,
      done: { $ne: true },
      $expr: { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] },
    }
    const expiry = Number.isFinite(days) ? { expiresAt: { $add: ['$$NOW', days * 86_400_000] } } : {}
    const taken = { holder: claim.holder, done: false, until: { $add: ['$$NOW', CLAIM_MS] }, ...expiry }
    try {
      await this.entries.updateOne(free, [{ $set: taken }], { upsert: true })
      return true
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      return this.othersClaim(claim)
    }
  }

  /** The entry exists and is done, or somebody is at it. */
  private async othersClaim({ _id }: Pick<Entry, '_id'>): Promise<false> {
    const entry = await this.entries.findOne({ _id })
    if (entry?.done) return false
    const [consumer = '', eventId = ''] = _id.split(/:(?=[^:]*$)/)
    throw new EffectInProgressError(consumer, eventId)
  }

  private async renew({ _id, holder }: { _id: string; holder: string }): Promise<void> {
    await this.entries.updateOne({ _id, holder }, [{ $set: { until: { $add: ['$$NOW', CLAIM_MS] } } }])
  }

  private async giveBack({ _id, holder }: { _id: string; holder: string }): Promise<void> {
    await this.entries.updateOne({ _id, holder }, { $set: { until: new Date(0), holder: null } })
  }
}
