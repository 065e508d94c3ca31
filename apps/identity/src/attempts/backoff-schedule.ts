import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'

/** The delay in milliseconds after the 1st, 2nd, 3rd … failed attempt in a row. The last delay repeats. */
export type BackoffSchedule = readonly number[]

const free = (count: number) => Array.from({ length: count }, () => 0)

/**
 * Allows ten guesses, then delays grow to a quarter of an hour: about 110 guesses on the first day for each name. NIST
 * SP 800-63B-4 §3.2.2 allows at most 100 failures in a row without such a measure.
 */
export const LOGIN_BACKOFF: BackoffSchedule = [
  ...free(9),
  ...[0.5, 1, 2, 4, 8, 15].map((minutes) => minutes * MINUTE_MS),
]

/**
 * Allows three resets for an address at once, the next after a quarter of an hour, then one each half an hour: whoever asks in
 * the owner's place leaves a link in the mailbox that still works for half of its hour.
 */
export const MAIL_BACKOFF: BackoffSchedule = [...free(2), 15 * MINUTE_MS, 30 * MINUTE_MS]

/** After this time without an attempt, the schedule starts again. */
export const RETENTION_MS = DAY_MS
