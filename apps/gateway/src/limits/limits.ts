import { Injectable } from '@nestjs/common'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { GatewayConfig } from '../config.js'
import type { LimitClass } from './limit-class.js'

const WINDOW_SECONDS = 60

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
  private readonly limiters: Record<LimitClass, RateLimiterMemory>

  constructor(config: GatewayConfig) {
    const limiter = (points: number, keyPrefix: LimitClass) =>
      new RateLimiterMemory({
        keyPrefix,
        points: Math.max(1, Math.floor(points / config.GATEWAY_REPLICAS)),
        duration: WINDOW_SECONDS,
      })
    this.limiters = {
      read: limiter(config.GATEWAY_LIMIT_READ, 'read'),
      write: limiter(config.GATEWAY_LIMIT_WRITE, 'write'),
      credentials: limiter(config.GATEWAY_LIMIT_CREDENTIALS, 'credentials'),
      upload: limiter(config.GATEWAY_LIMIT_UPLOAD, 'upload'),
      'page-view': limiter(config.GATEWAY_LIMIT_PAGE_VIEW, 'page-view'),
    }
  }

  async take(limitClass: LimitClass, who: string): Promise<Allowance> {
    const limiter = this.limiters[limitClass]
    const result = await limiter.consume(who).catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal
      throw refusal
    })
    return {
      allowed: result.consumedPoints <= limiter.points,
      limit: limiter.points,
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
