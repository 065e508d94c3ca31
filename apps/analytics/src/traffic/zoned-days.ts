import { DAY_MS } from '@mpics/contracts/durations'

const formats = new Map<string, Intl.DateTimeFormat>()
const MAX_FORMATS = 500

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offsetOf(zone: string, at: number): number {
  if (zone === 'UTC') return 0
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year, month, day, hour, minute, second } = parts as Record<string, number>
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000
}

function formatOf(zone: string): Intl.DateTimeFormat {
  if (formats.size > MAX_FORMATS) formats.clear()
  const number = '2-digit'
  const made =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: number, day: number },
      ...{ hour: number, minute: number, second: number },
    })
  formats.set(zone, made)
  return made
}

/** The date there, as the beginning of that date in UTC. */
export const localDay = (zone: string, at: Date): Date => {
  const local = at.getTime() + offsetOf(zone, at.getTime())
  return new Date(Math.floor(local / DAY_MS) * DAY_MS)
}

/** The moment when a date begins in a zone. */
export function startOfDay(zone: string, day: Date): Date {
  const guess = day.getTime() - offsetOf(zone, day.getTime())
  return new Date(day.getTime() - offsetOf(zone, guess))
}

export const daysFrom = (day: Date, days: number): Date => new Date(day.getTime() + days * DAY_MS)
