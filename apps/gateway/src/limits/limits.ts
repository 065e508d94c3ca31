import { growingTo, RateLimitedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { GatewayConfig } from '../config.js'
import type { LimitClass } from './limit-class.js'

const WINDOW_SECONDS = 60
/** Strangers have as many addresses as they like. */
const MAX_COUNTERS = 5_000

export interface Allowance {
  allowed: boolean
  limit: number
  remaining: number
  resetSeconds: number
}

/**
 * Counts in the memory of this replica, which therefore allows its share of each limit. Limits that must be exact, such as
 * attempts to log in to one account, belong to the owning service.
 */
@Injectable()
export class Limits {
  private readonly counters: Record<LimitClass, Counters>

  constructor(config: GatewayConfig) {
    const counters = (points: number) => new Counters(Math.max(1, Math.floor(points / config.GATEWAY_REPLICAS)))
    this.counters = {
      read: counters(config.GATEWAY_LIMIT_READ),
      write: counters(config.GATEWAY_LIMIT_WRITE),
      credentials: counters(config.GATEWAY_LIMIT_CREDENTIALS),
      upload: counters(config.GATEWAY_LIMIT_UPLOAD),
      'page-view': counters(config.GATEWAY_LIMIT_PAGE_VIEW),
      withdrawal: counters(config.GATEWAY_LIMIT_WITHDRAWAL),
    }
  }

  take(limitClass: LimitClass, who: string, points = 1): Allowance {
    return this.counters[limitClass].take(who, points)
  }

  /** Takes, tells the caller what is left, and throws where that is not enough. */
  charge(limitClass: LimitClass, who: string, reply: Answer, points = 1): void {
    const allowance = this.take(limitClass, who, points)
    reply.headers(limitHeaders(allowance))
    if (!allowance.allowed) throw new RateLimitedError(allowance.resetSeconds)
  }

  /** In seconds; 0 while the limit is not used up. */
  waitOf(limitClass: LimitClass, who: string): number {
    return this.counters[limitClass].waitOf(who)
  }

  size(limitClass: LimitClass): number {
    return this.counters[limitClass].size
  }
}

/** As far as limits have to do with it. */
interface Answer {
  headers(values: Record<string, string>): unknown
}

interface Window {
  taken: number
  readonly endsAt: number
}

const secondsUntil = (endsAt: number, now: number) => Math.max(1, Math.ceil((endsAt - now) / 1000))

/** Forgets the caller first that was away for the longest time. */
class Counters {
  private readonly windows = new LRUCache<string, Window>(growingTo(MAX_COUNTERS))

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.windows.size
  }

  /** What is not allowed takes nothing. */
  take(who: string, points: number): Allowance {
    const { limit } = this
    const now = performance.now()
    const window = this.windowOf(who, now)
    const allowed = window.taken + points <= limit
    if (allowed) window.taken += points
    return {
      allowed,
      limit,
      remaining: Math.max(0, limit - window.taken),
      resetSeconds: secondsUntil(window.endsAt, now),
    }
  }

  waitOf(who: string): number {
    const now = performance.now()
    const window = this.windows.peek(who)
    return window && window.taken >= this.limit && window.endsAt > now ? secondsUntil(window.endsAt, now) : 0
  }

  /** It begins with the first request. */
  private windowOf(who: string, now: number): Window {
    const known = this.windows.get(who)
    if (known && known.endsAt > now) return known
    const begun = { taken: 0, endsAt: now + WINDOW_SECONDS * 1000 }
    this.windows.set(who, begun)
    return begun
  }
}

/** The `RateLimit-*` headers of draft-ietf-httpapi-ratelimit-headers-06 §4. */
const limitHeaders = ({ limit, remaining, resetSeconds }: Allowance): Record<string, string> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetSeconds),
  'ratelimit-policy': `${limit};w=${WINDOW_SECONDS}`,
})
