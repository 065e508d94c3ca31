import { DAY_MS } from '@mpics/contracts/durations'

const dayNumber = (at: Date): number => Math.floor(at.getTime() / DAY_MS)

/** How often the counts of each day (UTC) were written. */
export class WrittenDays {
  private readonly writes = new Map<number, number>()

  /** Of a month as it is stored: `2026-01`, and by the two digits of a day. */
  addMonth(month: string, days: Readonly<Record<string, number>>): void {
    const before = dayNumber(new Date(`${month}-01`)) - 1
    for (const [day, writes] of Object.entries(days)) this.writes.set(before + Number(day), writes)
  }

  /** Of all days that a time touches. It grows with each write: where it is as it was, so is each day. */
  during({ from, to }: { from: Date; to: Date }): number {
    const end = dayNumber(new Date(to.getTime() - 1))
    let sum = 0
    for (let day = dayNumber(from); day <= end; day++) sum += this.writes.get(day) ?? 0
    return sum
  }
}
