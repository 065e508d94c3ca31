import { setTimeout as delay } from 'node:timers/promises'

export interface SnapshotPage<T> {
  items: readonly T[]
  nextCursor: string | null
}

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 250
const MAX_PAUSE_MS = 5_000

/** Asks for the next page when the caller has dealt with this one. Retries for about twenty seconds: a rebuild must survive a restart. */
export async function* pages<T>(
  ask: (cursor: string | undefined) => Promise<SnapshotPage<T>>,
  signal: AbortSignal,
): AsyncGenerator<readonly T[]> {
  let cursor: string | null | undefined
  do {
    const page = await patiently(() => ask(cursor ?? undefined), signal)
    yield page.items
    cursor = page.nextCursor
  } while (cursor !== null)
}

async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await ask()
    } catch (error) {
      if (attempt === ATTEMPTS || signal.aborted) throw error
      await delay(Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)), undefined, { signal })
    }
}
