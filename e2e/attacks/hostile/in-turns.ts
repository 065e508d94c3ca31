import { setTimeout as delay } from 'node:timers/promises'

export async function inTurns<T>(items: readonly T[], atOnce: number, once: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await once(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

export async function steadily(
  perSecond: number,
  over: AbortSignal,
  once: (n: number) => Promise<void>,
): Promise<number> {
  const open: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; !over.aborted; n++) {
    open.push(once(n))
    await delay(Math.max(0, began + ((n + 1) * 1000) / perSecond - performance.now()))
  }
  await Promise.all(open)
  return open.length
}
