import { HOUR_MS } from '@mpics/contracts/durations'
import type { Connection } from '@mpics/mongo'

/** Hours that analytics counts while they go on, this one among them. */
const OPEN_HOURS = 3

interface HourState {
  _id: string
  hour: Date
  isOpen: boolean
}

const PER_HOUR = { $dateTrunc: { date: '$views.at', unit: 'hour' } }

/** The hours whose views are in the log of analytics, and not yet in the counts, which follow some seconds later. */
export async function uncountedHours(db: NonNullable<Connection['db']>): Promise<string[]> {
  const [states, logged, counted] = await Promise.all([
    db.collection<HourState>('hour_states').find({ isOpen: true }).toArray(),
    sums(db, 'view_log', [{ $unwind: '$views' }, { $group: { _id: PER_HOUR, sum: { $sum: 1 } } }]),
    sums(db, 'hours', [{ $group: { _id: '$at', sum: { $max: '$seen' } } }]),
  ])
  const firstOpen = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - (OPEN_HOURS - 1) * HOUR_MS
  return states
    .filter(({ hour }) => hour.getTime() >= firstOpen)
    .filter(({ hour }) => (logged.get(hour.getTime()) ?? 0) > (counted.get(hour.getTime()) ?? 0))
    .map(({ _id }) => _id)
}

async function sums(db: NonNullable<Connection['db']>, collection: string, pipeline: object[]) {
  const found = await db.collection(collection).aggregate<{ _id: Date; sum: number }>(pipeline).toArray()
  return new Map(found.map(({ _id, sum }) => [_id.getTime(), sum]))
}
