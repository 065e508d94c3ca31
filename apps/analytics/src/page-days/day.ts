import { DAY_MS } from '@mpics/contracts/durations'

let last = { number: Number.NaN, day: '' }

/** UTC. Of many views one after the other most are of one day, and to write a date takes long. */
export function dayOf(at: Date): string {
  const number = Math.floor(at.getTime() / DAY_MS)
  if (number !== last.number) last = { number, day: at.toISOString().slice(0, 10) }
  return last.day
}
