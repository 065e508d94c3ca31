import { RateLimitedError } from '@mpics/service-kit'
import type { Claim } from './claim.js'
import { FairQueue } from './fair-queue.js'
import { HashingBusyError } from './hashing-busy.error.js'

interface Waiter {
  resolve: () => void
  reject: (refusal: Error) => void
}

export interface HashingLimits {
  readonly concurrency: number
  readonly places: number
  readonly refused: (outcome: 'flood' | 'busy') => void
}

/** The gateway and people have more patience than this. */
const TIMEOUT_MS = 2_000
/** A household that logs in at once finds room on any machine. */
const FEWEST_PLACES = 16
const FIRST_HASH_MS = 25
const SMOOTHING = 0.1
/** One turn of so many is for strangers, however many known browsers wait. */
const STRANGERS_TURN = 4

/**
 * Limits how many hashes run at once and shares out the turns, fairly by account and by network. Known browsers have a queue
 * of their own: strangers can take neither half of the places from them nor three of four turns, nor they the rest from
 * strangers. As many may wait as this machine hashes within the patience of a caller.
 */
export class HashingTurns {
  private readonly known = new FairQueue<Waiter>()
  private readonly strangers = new FairQueue<Waiter>()
  private running = 0
  private turns = 0
  private hashMs = FIRST_HASH_MS

  constructor(private readonly limits: HashingLimits) {}

  get waiting(): number {
    return this.known.length + this.strangers.length
  }

  /** Refuses at once, before any other work for it, what would find no place. */
  requirePlace({ known, flows }: Claim): void {
    if (this.running < this.limits.concurrency || this.waiting < this.places()) return
    const [own, other] = this.queues(known)
    if (own.length + 1 >= other.length && own.wouldDrop(flows)) throw this.refusal(own.isBusy(flows))
  }

  async take<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
    await this.turn(claim)
    const began = performance.now()
    try {
      return await work()
    } finally {
      this.hashMs += (performance.now() - began - this.hashMs) * SMOOTHING
      this.passOn()
    }
  }

  private async turn({ known, flows }: Claim): Promise<void> {
    if (this.running < this.limits.concurrency) return void this.running++
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const [own, other] = this.queues(known)
    own.join({ resolve, reject }, flows)
    if (this.waiting > this.places()) this.dropFrom(own.length >= other.length ? own : other)
    return promise
  }

  private dropFrom(longer: FairQueue<Waiter>): void {
    const dropped = longer.drop()
    dropped?.item.reject(this.refusal(dropped.byItself))
  }

  private queues(known: boolean): [FairQueue<Waiter>, FairQueue<Waiter>] {
    return known ? [this.known, this.strangers] : [this.strangers, this.known]
  }

  private passOn(): void {
    const [first, second] = this.queues(this.turns++ % STRANGERS_TURN !== 0)
    const next = first.next() ?? second.next()
    if (next) next.resolve()
    else this.running--
  }

  private places(): number {
    const within = (TIMEOUT_MS * this.limits.concurrency) / this.hashMs
    return Math.min(this.limits.places, Math.max(FEWEST_PLACES, Math.floor(within)))
  }

  private refusal(byItself: boolean): Error {
    const seconds = Math.max(1, Math.ceil((this.waiting * this.hashMs) / this.limits.concurrency / 1000))
    this.limits.refused(byItself ? 'flood' : 'busy')
    return byItself ? new RateLimitedError(seconds) : new HashingBusyError(seconds)
  }
}
