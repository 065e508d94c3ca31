import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { DAY_MS } from '@mpics/contracts/durations'
import { Injectable, Logger, Optional } from '@nestjs/common'
import { Connection } from '@mpics/mongo'
import { EffectInProgressError } from '../errors.js'
import { wordsOf } from '../words-of.js'

interface Entry {
  _id: string
  done: boolean
  holder: string | null
  until: Date
  expiresAt?: Date
}

interface Claim {
  _id: string
  holder: string
}

const NEVER = new Date(0)
const CLAIM_MS = 15_000
const MARK_ATTEMPTS = 10
const DEFAULT_DAYS = 45

/** An outside effect repeats only when its process died between effect and mark, or lost MongoDB for longer than its claim (15 s). */
@Injectable()
export class ProcessedEvents {
  private readonly logger = new Logger('ProcessedEvents')
  private indexed?: Promise<unknown>

  constructor(@Optional() private readonly connection?: Connection) {}

  /** Resolves to whether the effect was done now. `days`: the topic's retention, during which the event can come back. */
  async once(consumer: string, eventId: string, effect: () => Promise<void>, days = DEFAULT_DAYS): Promise<boolean> {
    const claim = { _id: `${consumer}:${eventId}`, holder: randomUUID() }
    await (this.indexed ??= this.makeIndex())
    if (!(await this.claim(claim, days))) return false
    await this.run(claim, effect)
    await this.mark(claim)
    return true
  }

  private async run(claim: Claim, effect: () => Promise<void>): Promise<void> {
    const renewing = setInterval(() => void this.renew(claim).catch(this.told('is not renewed')), CLAIM_MS / 3)
    try {
      await effect()
    } catch (error) {
      await this.giveBack(claim).catch(this.told('runs out by itself'))
      throw error
    } finally {
      clearInterval(renewing)
    }
  }

  /** An outage of MongoDB must not make the effect repeat: it is already done. */
  private async mark({ _id }: Claim): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        await this.entries.updateOne({ _id }, { $set: { done: true, holder: null } })
        return
      } catch (error) {
        if (attempt === MARK_ATTEMPTS) throw error
        await delay(attempt * 200)
      }
  }

  private readonly told = (what: string) => (error: unknown) =>
    this.logger.warn(`The claim on an effect ${what}: ${wordsOf(error)}`)

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

  /** Resolves to false when the effect was done before. An effect is free when nobody began it, or its claim has run out. */
  private async claim({ _id, holder }: Claim, days: number): Promise<boolean> {
    const free = { $and: [{ $ne: ['$done', true] }, { $lt: [{ $ifNull: ['$until', NEVER] }, '$$NOW'] }] }
    const whenFree = (value: unknown, field: string) => ({ [field]: { $cond: [free, value, `$${field}`] } })
    const expiry = Number.isFinite(days) ? { expiresAt: { $add: ['$$NOW', days * DAY_MS] } } : {}
    const taken = { ...whenFree(holder, 'holder'), ...whenFree({ $add: ['$$NOW', CLAIM_MS] }, 'until'), ...expiry }
    const entry = await this.entries.findOneAndUpdate(
      { _id },
      [{ $set: { ...taken, done: { $ifNull: ['$done', false] } } }],
      { upsert: true, returnDocument: 'after' },
    )
    if (entry?.holder === holder) return true
    if (entry?.done) return false
    throw new EffectInProgressError(_id)
  }

  private async renew({ _id, holder }: Claim): Promise<void> {
    await this.entries.updateOne({ _id, holder }, [{ $set: { until: { $add: ['$$NOW', CLAIM_MS] } } }])
  }

  private async giveBack({ _id, holder }: Claim): Promise<void> {
    await this.entries.updateOne({ _id, holder }, { $set: { until: new Date(0), holder: null } })
  }
}
