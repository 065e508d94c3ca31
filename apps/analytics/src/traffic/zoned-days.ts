import { DAY_MS } from '@mpics/contracts/durations'

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** To ask the calendar takes longer than to read a count, and who asks for days asks for the same moments again. */
  readonly offsets: Map<number, number>
}

const zones = new Map<string, Zone>()
const MAX_ZONES = 50
const MAX_OFFSETS = 5_000

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offsetOf(zone: string, at: number): number {
  if (zone === 'UTC') return 0
  const { format, offsets } = zoneOf(zone)
  const known = offsets.get(at)
  if (known !== undefined) return known
  if (offsets.size >= MAX_OFFSETS) offsets.clear()
  const offset = askedOffset(format, at)
  offsets.set(at, offset)
  return offset
}

function askedOffset(format: Intl.DateTimeFormat, at: number): number {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year, month, day, hour, minute, second } = parts as Record<string, number>
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000
}

function zoneOf(zone: string): Zone {
  const known = zones.get(zone)
  if (known) return known
  if (zones.size >= MAX_ZONES) zones.clear()
  const number = '2-digit'
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: number, day: number },
    ...{ hour: number, minute: number, second: number },
  })
  const made = { format, offsets: new Map<number, number>() }
  zones.set(zone, made)
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
