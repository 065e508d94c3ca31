import { isRetryableReadError } from 'mongodb/lib/error.js'

/**
 * Sends a command once more where the driver would repeat a read: it repeats none that it is given whole. The first one may have been
 * done after all, so a caller who changes something bears that it is changed twice.
 */
export async function repeated<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command()
  } catch (error) {
    if (!(error instanceof Error) || !isRetryableReadError(error)) throw error
    return command()
  }
}
