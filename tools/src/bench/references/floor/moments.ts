import { setImmediate, setTimeout as delay } from 'node:timers/promises'

/**
 * Sends what comes in one moment together: a moment lasts for a turn, until what was sent before has its answer, and no shorter than `apartMs`
 * after that was sent. One that fails fails alone.
 */
export function moments<T>(send: (items: T[]) => Promise<unknown>, apartMs = 0): (...items: T[]) => Promise<void> {
  let moment: { items: T[]; sent: Promise<unknown> } | undefined
  let last: Promise<unknown> = Promise.resolve()
  let sentAt = -apartMs

  async function untilSent(items: T[]): Promise<void> {
    await last
    await setImmediate()
    const early = sentAt + apartMs - performance.now()
    if (early > 0) await delay(early)
    moment = undefined
    sentAt = performance.now()
    await send(items)
  }

  function opened() {
    const items: T[] = []
    const sent = untilSent(items)
    last = sent.catch(() => {})
    return { items, sent }
  }

  return async (...items) => {
    const open = (moment ??= opened())
    open.items.push(...items)
    await open.sent
  }
}
