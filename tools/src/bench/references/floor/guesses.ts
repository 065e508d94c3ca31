const MINUTE_MS = 60_000
/** Ten guesses are free; then delays grow to a quarter of an hour. */
const WAITS = [...Array<number>(9).fill(0), ...[0.5, 1, 2, 4, 8, 15].map((minutes) => minutes * MINUTE_MS)]
/** Guesses at once do not refuse each other while they are free. */
const AT_ANY_TIME = new Date(0)
const FORGOTTEN_MS = 24 * 60 * MINUTE_MS

export interface Guesses {
  count: number
  notBefore: Date
  forgetAt: Date
}

/** What MongoDB makes of the guesses at this field when one more comes; a refused one does not count. */
export function oneMore(field: string, now: Date): object {
  const isRemembered = { $gt: [`${field}.forgetAt`, now] }
  const before = { $cond: [isRemembered, { $ifNull: [`${field}.count`, 0] }, 0] }
  const wait = { $arrayElemAt: [WAITS, { $min: [before, WAITS.length - 1] }] }
  const counted = {
    count: { $add: [before, 1] },
    notBefore: { $cond: [{ $gt: [wait, 0] }, { $add: [now, wait] }, AT_ANY_TIME] },
    forgetAt: new Date(now.getTime() + FORGOTTEN_MS),
  }
  return { $cond: [{ $gt: [`${field}.notBefore`, now] }, field, counted] }
}

export function mustNotWait(guesses: Guesses | undefined, now: Date): void {
  if (guesses && guesses.notBefore > now) throw Object.assign(new Error('too many guesses'), { statusCode: 429 })
}
