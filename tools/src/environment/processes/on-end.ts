const AGAIN_AFTER_MS = 1_000

/**
 * Calls `end` when this program is asked to stop: by Ctrl-C, by SIGTERM, or because the npm script that started it is gone.
 * One Ctrl-C may arrive twice, from the terminal and passed on by the script; a later second one means now.
 */
export function onEnd(end: () => Promise<void>, now: () => void): void {
  let askedAt = 0
  const ask = () => {
    if (askedAt && performance.now() - askedAt > AGAIN_AFTER_MS) return now()
    if (askedAt) return
    askedAt = performance.now()
    void end()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  process.once('disconnect', ask)
  process.channel?.unref()
}
