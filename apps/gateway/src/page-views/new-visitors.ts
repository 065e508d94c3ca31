import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { GatewayConfig } from '../config.js'
import { HourlyCounts } from './hourly-counts.js'

const SLOTS = 1 << 16

/**
 * Bounds how many browsers a prefix (IPv4 /24, IPv6 /48) adds to the numbers in an hour, so that a program without cookies does not become a crowd.
 * It takes 128 KiB however many networks come; those that share a slot share its bound.
 */
@Injectable()
export class NewVisitors {
  private readonly most: number
  private readonly counts: HourlyCounts

  constructor({ GATEWAY_LIMIT_NEW_BROWSERS, GATEWAY_REPLICAS }: GatewayConfig, clock: Clock) {
    this.most = Math.max(1, Math.floor(GATEWAY_LIMIT_NEW_BROWSERS / GATEWAY_REPLICAS))
    this.counts = new HourlyCounts(SLOTS, clock)
  }

  admit(ipPrefix: string | null): boolean {
    const slot = this.counts.slotOf(ipPrefix ?? '')
    if (this.counts.at(slot) >= this.most) return false
    this.counts.add(slot)
    return true
  }
}
