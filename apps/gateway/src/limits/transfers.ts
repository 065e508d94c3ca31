import { Metrics, RateLimitedError, UnavailableError } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { type Transfer, type TransferKind, transferRules } from './transfer.js'

const TICK_MS = 1_000
/** Only a transfer that has stood still for so long makes room for another. */
const STALLED_MS = 2_000
const RETRY_SECONDS = 1

/** A transfer has this to its credit when it begins, lest a new one be the slowest. */
const [CREDIT_BYTES, CREDIT_MS] = [64 * 1024, 1_000]

class Watched {
  private lastMoved: number
  movedAt: number
  private windowFrom: { at: number; moved: number }
  private readonly begun: { at: number; moved: number }

  constructor(
    readonly transfer: Transfer,
    now: number,
  ) {
    this.lastMoved = transfer.moved()
    this.movedAt = now
    this.begun = this.windowFrom = { at: now, moved: this.lastMoved }
  }

  speed(now: number): number {
    const moved = this.transfer.moved() - this.begun.moved
    return (moved + CREDIT_BYTES) / (now - this.begun.at + CREDIT_MS)
  }

  /** False when its client was awaited for a whole window and moved too little. */
  isFastEnough(now: number): boolean {
    const moved = this.transfer.moved()
    const { windowMs, leastBytes } = transferRules[this.transfer.kind]
    if (moved !== this.lastMoved || !this.transfer.isAwaited()) this.movedAt = now
    this.lastMoved = moved
    if (!this.transfer.isAwaited()) this.windowFrom = { at: now, moved }
    if (now - this.windowFrom.at < windowMs) return true
    const isEnough = moved - this.windowFrom.moved >= leastBytes
    this.windowFrom = { at: now, moved }
    return isEnough
  }
}

/**
 * Watches everything that clients send and take, so that slow ones hold neither memory nor connections for long: there is a least
 * throughput, and a bound for each client and for all, where whoever stands still, or else holds most, makes room for others.
 */
@Injectable()
export class Transfers implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly watched: Record<TransferKind, Set<Watched>> = {
    body: new Set(),
    upload: new Set(),
    picture: new Set(),
    answer: new Set(),
  }
  private readonly ended: Counter<'outcome'>
  private stopping = false
  private readonly timer = setInterval(() => this.sweep(performance.now()), TICK_MS).unref()

  constructor(metrics: Metrics) {
    this.ended = metrics.counter(
      'gateway_transfers_ended_total',
      'Bodies and answers of slow clients that were ended.',
      ['outcome'],
    )
    metrics.gauge('gateway_open_transfers', 'Bodies and answers that are under way.', () =>
      Object.values(this.watched).reduce((sum, { size }) => sum + size, 0),
    )
  }

  /** Throws when there is no room; else the caller gives the place back with what this returns. */
  open(transfer: Transfer): () => void {
    if (!this.hasRoomFor(transfer)) throw this.refused(transfer, new RateLimitedError(RETRY_SECONDS))
    this.shareOut(transfer)
    if (this.watched[transfer.kind].size >= transferRules[transfer.kind].inAll)
      throw this.refused(transfer, new UnavailableError())
    return this.watch(transfer)
  }

  /** For what is under way already, and can only push others out. */
  admit(transfer: Transfer): () => void {
    this.hasRoomFor(transfer)
    return this.watch(transfer)
  }

  /** The server waits for every answer, and must not wait for those that nobody takes. */
  beforeApplicationShutdown(): void {
    this.stopping = true
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  private watch(transfer: Transfer): () => void {
    const all = this.watched[transfer.kind]
    const watched = new Watched(transfer, performance.now())
    all.add(watched)
    return () => void all.delete(watched)
  }

  private hasRoomFor({ kind, key }: Transfer): boolean {
    const { perClient, crowded } = transferRules[kind]
    const all = this.watched[kind]
    if (all.size >= crowded) this.endMostStalled(all)
    if (all.size < perClient) return true
    const own = [...all].filter(({ transfer }) => transfer.key === key)
    return own.length < perClient || this.endMostStalled(own)
  }

  /** Whoever sends a little every second never stalls. Nobody loses a place to a client that would then have as many. */
  private shareOut({ kind, key }: Transfer): void {
    const all = this.watched[kind]
    if (all.size < transferRules[kind].crowded) return
    const now = performance.now()
    const byClient = Map.groupBy(all, ({ transfer }) => transfer.key)
    const largest = [...byClient.values()].reduce((most, one) => (one.length > most.length ? one : most), [])
    const awaited = largest.filter(({ transfer }) => transfer.isAwaited())
    if (awaited.length === 0 || largest.length < (byClient.get(key)?.length ?? 0) + 2) return
    const slowest = awaited.reduce((least, one) => (one.speed(now) < least.speed(now) ? one : least))
    this.end(slowest, 'crowded')
  }

  private endMostStalled(among: Iterable<Watched>): boolean {
    let most: Watched | undefined
    for (const one of among) if (!most || one.movedAt < most.movedAt) most = one
    if (!most || performance.now() - most.movedAt < STALLED_MS) return false
    this.end(most, 'stalled')
    return true
  }

  private sweep(now: number): void {
    for (const [kind, all] of Object.entries(this.watched) as [TransferKind, Set<Watched>][]) {
      for (const one of all)
        if (!one.isFastEnough(now)) this.end(one, 'too-slow')
        else if (this.stopping && now - one.movedAt > STALLED_MS) this.end(one, 'stopped')
      while (all.size > transferRules[kind].crowded && this.endMostStalled(all));
    }
  }

  private end(one: Watched, why: string): void {
    const { kind } = one.transfer
    this.watched[kind].delete(one)
    this.ended.inc({ outcome: `${kind}-${why}` })
    one.transfer.end()
  }

  private refused(transfer: Transfer, error: Error): Error {
    this.ended.inc({ outcome: `${transfer.kind}-refused` })
    return error
  }
}
