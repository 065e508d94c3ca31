import { setTimeout as delay } from 'node:timers/promises'

export interface SnapshotPage<T> {
  items: readonly T[]
  nextCursor: string | null
}

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 250
const MAX_PAUSE_MS = 5_000

/**
 * Everything that an owner lists, page by page; the next page is asked for when this one is dealt with. An owner that does
 * not answer is asked again for about twenty seconds: a rebuild of hours should not end for a restart.
 */
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
