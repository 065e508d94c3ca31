import { isRetryableReadError } from 'mongodb/lib/error.js'

/** The driver repeats the reads of its cursors once, and no command. */
export async function repeated<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command()
  } catch (error) {
    if (!(error instanceof Error) || !isRetryableReadError(error)) throw error
    return command()
  }
}
