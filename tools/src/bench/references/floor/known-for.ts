const MOST = 20_000

/** Looks for something once, and knows for a while that it is there. */
export function knownFor(ms: number, look: (key: string) => Promise<unknown>) {
  const until = new Map<string, number>()
  return async (key: string): Promise<void> => {
    if ((until.get(key) ?? 0) > Date.now()) return
    await look(key)
    if (until.size >= MOST) until.clear()
    until.set(key, Date.now() + ms)
  }
}
