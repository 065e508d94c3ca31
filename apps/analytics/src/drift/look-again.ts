import { setTimeout as delay } from 'node:timers/promises'

const LOOKS = 3
const PAUSE_MS = 1_000

/** Looks until all is the same, a few times at most: what is compared is written one after the other. `before` is what the last look found. */
export async function lookAgain<T>(look: (before?: T) => Promise<T>, isSame: (found: T) => boolean): Promise<T> {
  let found = await look()
  for (let looks = 1; looks < LOOKS && !isSame(found); looks++) {
    await delay(PAUSE_MS)
    found = await look(found)
  }
  return found
}
