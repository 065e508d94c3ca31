import { hash, randomBytes } from 'node:crypto'
import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { GatewayConfig } from '../config.js'

const SLOTS = 1 << 16

/**
 * Bounds how many browsers a prefix (IPv4 /24, IPv6 /48) adds to the numbers in an hour, so that a program without cookies does not become a crowd.
 * It takes 128 KiB however many networks come; those that share a slot share its bound.
 */
@Injectable()
export class NewVisitors {
  private readonly most: number
  private readonly counts = new Uint16Array(SLOTS)
  private hour = 0
  private salt = ''

  constructor(
    { GATEWAY_LIMIT_NEW_BROWSERS, GATEWAY_REPLICAS }: GatewayConfig,
    private readonly clock: Clock,
  ) {
    this.most = Math.max(1, Math.floor(GATEWAY_LIMIT_NEW_BROWSERS / GATEWAY_REPLICAS))
  }

  admit(ipPrefix: string | null): boolean {
    this.beginHour(Math.floor(this.clock.now().getTime() / HOUR_MS))
    const slot = hash('sha256', `${this.salt}${ipPrefix ?? ''}`, 'buffer').readUInt16BE()
    if (this.counts[slot]! >= this.most) return false
    this.counts[slot]!++
    return true
  }

  /** Nobody can foresee with whom a network shares its slot. */
  private beginHour(hour: number): void {
    if (hour === this.hour) return
    this.hour = hour
    this.salt = randomBytes(16).toString('hex')
    this.counts.fill(0)
  }
}
