/** One sentence for the person at the terminal, with the way out. */
export class SetupError extends Error {}
