import { setTimeout as delay } from 'node:timers/promises'

/** Waits until `look` finds something. Throws, saying what was awaited, after `timeoutMs`; looks again after `everyMs`. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
  timeoutMs = 30_000,
  everyMs = 100,
): Promise<T> {
  const until = performance.now() + timeoutMs
  let last: unknown
  for (;;) {
    const found = await look().catch((error: unknown) => {
      last = error
      return undefined
    })
    if (found) return found
    if (performance.now() > until) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`, { cause: last })
    await delay(everyMs)
  }
}
