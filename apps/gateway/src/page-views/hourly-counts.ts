import { hash, randomBytes } from 'node:crypto'
import { HOUR_MS } from '@mpics/contracts/durations'
import type { Clock } from '@mpics/service-kit'

/**
 * Counts by name for an hour, in a table of fixed size: 2 bytes a slot, however many names come and however long they are. It keeps salted
 * hashes of none of them, nor can anybody foresee with whom a name shares its slot.
 */
export class HourlyCounts {
  private readonly counts: Uint16Array
  private hour = 0
  private salt = ''

  /** `slots` is a power of two, up to 2^32. */
  constructor(
    private readonly slots: number,
    private readonly clock: Clock,
  ) {
    this.counts = new Uint16Array(slots)
  }

  slotOf(name: string): number {
    this.beginHour(Math.floor(this.clock.now().getTime() / HOUR_MS))
    return hash('sha256', `${this.salt}${name}`, 'buffer').readUInt32BE() % this.slots
  }

  at(slot: number): number {
    return this.counts[slot]!
  }

  /** Counts no further than to what two bytes hold. */
  add(slot: number): number {
    return (this.counts[slot] = Math.min(this.counts[slot]! + 1, 0xffff))
  }

  clear(slot: number): void {
    this.counts[slot] = 0
  }

  private beginHour(hour: number): void {
    if (hour === this.hour) return
    this.hour = hour
    this.salt = randomBytes(16).toString('hex')
    this.counts.fill(0)
  }
}
