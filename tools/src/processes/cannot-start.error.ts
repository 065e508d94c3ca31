/** One sentence for the person at the terminal, with the way out: printed as it is, without a stack. */
export class CannotStartError extends Error {
  override readonly name = 'CannotStartError'
}
