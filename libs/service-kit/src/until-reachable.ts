import { setTimeout as wait } from 'node:timers/promises'

const MAX_WAIT_MS = 5_000
/** Only these errors say in one sentence that a server is away. */
const AWAY = /UnavailableError$/

/** Tries again while a server that the service needs does not answer, with one sentence each time. */
export async function untilReachable<T>(attempt: () => Promise<T>, say: (sentence: string) => void): Promise<T> {
  for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, MAX_WAIT_MS)) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Error) || !AWAY.test(error.name)) throw error
      say(`${error.message} Trying again in ${waitMs / 1000} s.`)
      await wait(waitMs)
    }
  }
}
