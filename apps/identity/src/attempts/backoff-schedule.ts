const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS

/** How long the next attempt has to wait after the 1st, 2nd, 3rd … in a row without success; the last one goes on. */
export type Waits = readonly number[]

const free = (count: number) => Array.from({ length: count }, () => 0)

/**
 * Ten guesses, then ever longer waits up to a quarter of an hour: about 110 on the first day for each name, where NIST
 * SP 800-63B-4 §3.2.2 wants no more than 100 failures in a row without a measure like this one.
 */
export const LOGIN_WAITS: Waits = [...free(9), ...[0.5, 1, 2, 4, 8, 15].map((minutes) => minutes * MINUTE_MS)]

/** Three mails at once to one address, then one in a quarter of an hour, then one in an hour. */
export const MAIL_WAITS: Waits = [...free(2), 15 * MINUTE_MS, 60 * MINUTE_MS]

/** Without a further attempt for so long, they begin anew. */
export const FORGOTTEN_AFTER_MS = 24 * 60 * MINUTE_MS
