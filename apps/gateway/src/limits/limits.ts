import { AsyncLocalStorage } from 'node:async_hooks'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { GatewayConfig } from '../config.js'
import type { LimitClass } from './limit-class.js'

const WINDOW_SECONDS = 60
/** A counter takes about 500 bytes with its timer; strangers have as many addresses as they like. */
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
    const counters = (points: number, keyPrefix: LimitClass) =>
      new Counters(keyPrefix, Math.max(1, Math.floor(points / config.GATEWAY_REPLICAS)))
    this.counters = {
      read: counters(config.GATEWAY_LIMIT_READ, 'read'),
      write: counters(config.GATEWAY_LIMIT_WRITE, 'write'),
      credentials: counters(config.GATEWAY_LIMIT_CREDENTIALS, 'credentials'),
      upload: counters(config.GATEWAY_LIMIT_UPLOAD, 'upload'),
      'page-view': counters(config.GATEWAY_LIMIT_PAGE_VIEW, 'page-view'),
    }
  }

  take(limitClass: LimitClass, who: string): Promise<Allowance> {
    return this.counters[limitClass].take(who)
  }

  size(limitClass: LimitClass): number {
    return this.counters[limitClass].size
  }
}

/** Forgets the caller first that was away for the longest time. */
class Counters {
  /** A counter’s timer would otherwise keep the request that began it, with all of its headers, for as long as it runs. */
  private readonly outsideOfRequests = AsyncLocalStorage.snapshot()
  private readonly limiter: RateLimiterMemory
  private readonly callers: LRUCache<string, true>

  constructor(
    keyPrefix: LimitClass,
    private readonly limit: number,
  ) {
    this.limiter = new RateLimiterMemory({ keyPrefix, points: limit, duration: WINDOW_SECONDS })
    this.callers = new LRUCache({ max: MAX_COUNTERS, dispose: (_, who) => void this.limiter.delete(who) })
  }

  get size(): number {
    return this.callers.size
  }

  async take(who: string): Promise<Allowance> {
    if (!this.callers.get(who)) this.callers.set(who, true)
    const taken = this.outsideOfRequests(() => this.limiter.consume(who))
    const result = await taken.catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal
      throw refusal
    })
    return {
      allowed: result.consumedPoints <= this.limit,
      limit: this.limit,
      remaining: Math.max(0, result.remainingPoints),
      resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
    }
  }
}

/** The `RateLimit-*` headers of draft-ietf-httpapi-ratelimit-headers-06 §4. */
export const limitHeaders = ({ limit, remaining, resetSeconds }: Allowance): Record<string, string> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetSeconds),
  'ratelimit-policy': `${limit};w=${WINDOW_SECONDS}`,
})
