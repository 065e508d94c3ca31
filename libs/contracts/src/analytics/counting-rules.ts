/** The rules by which views are counted. The code that counts and the page that explains it, `/help/counting`, both read them here. */
export const countingRules = {
  page: '/help/counting',
  /** A browser that looks at a page again within so long is a repeat. */
  repeatMinutes: 30,
  /** A session ends after so long without a view. */
  sessionMinutes: 30,
  /** More than that of one browser is no person’s doing. */
  viewsAMinute: 120,
  /** Who loads more pages in a row than that, and nothing that belongs to them, is no person. */
  barePages: 30,
  /** The most frequent values of a dimension in an hour, or a day, that are told apart. */
  values: 1_000,
  /** No part of a breakdown that everybody may read is smaller. */
  smallestPart: 5,
  logDays: 30,
  hoursKeptDays: 397,
} as const
