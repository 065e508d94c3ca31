import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { Connection } from '@mpics/mongo'
import { isDuplicateKey } from '@mpics/mongo'
import { TOLD_EVERY } from '../told-every.js'
import { wordsOf } from '../words-of.js'

interface LeaseDocument {
  _id: string
  holder: string | null
  epoch: number
  until: Date
}

export interface LeaseEvents {
  onTaken: (epoch: number) => void
  onLost: () => Promise<void>
  signal: AbortSignal
}

const MINE = (holder: string) => ({ $and: [{ $eq: ['$holder', holder] }, { $gte: ['$until', '$$NOW'] }] })

/** One holder per name. The server's clock ($$NOW) decides, so a wrong clock on a replica changes nothing; the epoch only grows. */
export class Lease {
  epoch = 0
  private goodUntil = 0
  private made = false
  private failures = 0
  private readonly logger = new Logger('Lease')

  constructor(
    private readonly connection: Connection,
    private readonly name: string,
    private readonly holder: string,
    private readonly ttlMs: number,
  ) {}

  /** Counts on the local monotonic clock from before the request: never longer than the server does. */
  get held(): boolean {
    return performance.now() < this.goodUntil
  }

  async tryHold(): Promise<'renewed' | 'taken' | 'refused'> {
    await this.make()
    const asked = performance.now()
    const document = await this.leases.findOneAndUpdate(
      { _id: this.name, $expr: { $or: [{ $eq: ['$holder', this.holder] }, { $lt: ['$until', '$$NOW'] }] } },
      [{ $set: this.taken() }],
      { returnDocument: 'after' },
    )
    if (!document) this.goodUntil = 0
    if (!document) return 'refused'
    const renewed = document.epoch === this.epoch
    this.epoch = document.epoch
    this.failures = 0
    this.goodUntil = asked + this.ttlMs * 0.9
    return renewed ? 'renewed' : 'taken'
  }

  async release(): Promise<void> {
    this.goodUntil = 0
    const ended = { until: new Date(0), holder: null }
    await this.leases.updateOne({ _id: this.name, holder: this.holder }, { $set: ended })
  }

  /** Gives up this process's belief in its lease: the next look takes it anew, under a higher epoch. */
  doubt(): void {
    this.epoch = -1
  }

  /** Reports when the lease comes and goes, until the signal; looks again after a third of its time, or when the other's ends. */
  async keep({ onTaken, onLost, signal }: LeaseEvents): Promise<void> {
    let mine = false
    while (!signal.aborted) {
      const got = await this.tryHold().catch((error: unknown) => this.failed(error))
      if (mine && got !== 'renewed') {
        mine = false
        await onLost()
      }
      // also a lease that was given up here, although the renewal with the lost answer had counted
      if (!mine && got !== 'refused') {
        mine = true
        onTaken(this.epoch)
      }
      await delay(await this.pauseMs(mine), undefined, { signal }).catch(() => undefined)
    }
  }

  private failed(error: unknown): 'renewed' | 'refused' {
    if (this.failures++ % TOLD_EVERY === 0) this.logger.warn(`The lease ${this.name} is not renewed: ${wordsOf(error)}`)
    return this.held ? 'renewed' : 'refused'
  }

  /** The present epoch, and the time left by the server's clock; 0: the lease is free. */
  async look(): Promise<{ epoch: number; leftMs: number }> {
    const fields = { epoch: '$epoch', leftMs: { $subtract: ['$until', '$$NOW'] } }
    const look = [{ $match: { _id: this.name } }, { $project: fields }]
    const [found] = await this.leases.aggregate<{ epoch: number; leftMs: number }>(look).toArray()
    return { epoch: found?.epoch ?? 0, leftMs: Math.max(0, found?.leftMs ?? 0) }
  }

  private get leases() {
    return this.connection.db!.collection<LeaseDocument>('_leases')
  }

  private async make(): Promise<void> {
    if (this.made) return
    const fresh = { holder: null, epoch: 0, until: new Date(0) }
    try {
      await this.leases.updateOne({ _id: this.name }, { $setOnInsert: fresh }, { upsert: true })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    this.made = true
  }

  private taken() {
    return {
      epoch: { $cond: [MINE(this.holder), '$epoch', { $add: ['$epoch', 1] }] },
      holder: this.holder,
      until: { $add: ['$$NOW', this.ttlMs] },
    }
  }

  private async pauseMs(mine: boolean): Promise<number> {
    const third = this.ttlMs / 3
    if (mine) return third
    const left = await this.look().then(
      ({ leftMs }) => leftMs,
      () => third,
    )
    return Math.min(third, left + 20)
  }
}
