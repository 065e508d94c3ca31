import { DAY_MS } from '@mpics/contracts/durations'

/** Facts and views on their way come within so long. */
const CLOSING_MS = 125 * 60_000

let last = { number: Number.NaN, day: '' }

/** UTC. Of many views one after the other most are of one day, and to write a date takes long. */
export function dayOf(at: Date): string {
  const number = Math.floor(at.getTime() / DAY_MS)
  if (number !== last.number) last = { number, day: at.toISOString().slice(0, 10) }
  return last.day
}

let moment = { text: '', at: new Date(NaN) }

/** Times of views are cut to the second: most have the text, and so the date, of the one before. Nobody changes it. */
export function dateOf(text: string): Date {
  if (text !== moment.text) moment = { text, at: new Date(text) }
  return moment.at
}

/** The first day that may still go on. */
export const firstOpenDay = (now: Date): string => dayOf(new Date(now.getTime() - CLOSING_MS))
