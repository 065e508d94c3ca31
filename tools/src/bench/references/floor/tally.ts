import { type Sketch, withPlace } from './sketch.js'
import { dayOf, type View } from './view.js'

/** A part of a day: the day is the sum of its parts. `since` is the offset of its first view. */
export interface DayPart {
  day: string
  views: number
  visitors: Sketch
  since: number
}

/** Of all time, and of the day that goes on. */
export interface Tally extends DayPart {
  total: number
  sketch: Sketch
}

const nobody: Sketch = new Uint8Array()

export const emptyTally: Tally = { total: 0, sketch: nobody, day: '', views: 0, visitors: nobody, since: 0 }

/** Adds views in their order. One of another day ends a part of the day before; one that is late begins a part more. */
export function withViews(tally: Tally, added: readonly View[]): { tally: Tally; ended: DayPart[] } {
  const ended: DayPart[] = []
  let { total, sketch, day, views, visitors, since } = tally
  for (const { logged, offset } of added) {
    const its = dayOf(logged)
    if (its !== day) {
      if (views > 0) ended.push({ day, views, visitors, since })
      ;[day, views, visitors, since] = [its, 0, nobody, offset]
    }
    total++
    views++
    if (logged.place === undefined) continue
    sketch = withPlace(sketch, logged.place)
    visitors = withPlace(visitors, logged.place)
  }
  return { tally: { total, sketch, day, views, visitors, since }, ended }
}
