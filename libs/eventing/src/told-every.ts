/** Attempts between two lines in the log about work that is tried again and again. */
export const TOLD_EVERY = 20
