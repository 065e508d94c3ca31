/** One sentence that says what is wrong and the way out; printed without a stack. */
export class UserFacingError extends Error {}
