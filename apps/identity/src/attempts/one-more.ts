import { type BackoffSchedule, RETENTION_MS } from './backoff-schedule.js'

/** While the delay is zero the time does not matter, so that parallel attempts do not refuse each other. */
export const AT_ANY_TIME = new Date(0)

export const forgetAt = (lastAt: Date): Date => new Date(lastAt.getTime() + RETENTION_MS)

/** What MongoDB makes of a count (`of`: `$` for the document itself) when it counts one more attempt. */
export function oneMore(of: '$' | '$guesses.', schedule: BackoffSchedule, now: Date) {
  const counted = { $cond: [{ $gt: [`${of}forgetAt`, now] }, { $ifNull: [`${of}count`, 0] }, 0] }
  return counting(of, schedule, now, { $add: [counted, 1] })
}

/** What MongoDB makes of a count that lost attempts, the last of them at `now`: it has `count` of them, or more. */
export const noFewer = (of: '$' | '$guesses.', schedule: BackoffSchedule, now: Date, count: number) =>
  counting(of, schedule, now, { $max: [`${of}count`, count] })

function counting(of: '$' | '$guesses.', schedule: BackoffSchedule, now: Date, count: object) {
  const wait = { $arrayElemAt: [schedule, { $min: [{ $subtract: ['$$count', 1] }, schedule.length - 1] }] }
  const fields = {
    count: '$$count',
    notBefore: { $cond: [{ $gt: ['$$wait', 0] }, { $add: [now, '$$wait'] }, AT_ANY_TIME] },
    forgetAt: { $max: [`${of}forgetAt`, forgetAt(now)] },
  }
  return { $let: { vars: { count }, in: { $let: { vars: { wait }, in: fields } } } }
}
