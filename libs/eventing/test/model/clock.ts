import timers from 'node:timers/promises'
import { Logger } from '@nestjs/common'

interface DelayOptions {
  signal?: AbortSignal
}

function delay<T>(ms = 0, value?: T, { signal }: DelayOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end)
      resolve(value as T)
    }, ms)
    const end = () => {
      clearTimeout(timer)
      reject(signal!.reason as Error)
    }
    signal?.addEventListener('abort', end, { once: true })
  })
}

const START = new Date('2026-01-31T12:00:00Z')

/** Time and chance begin anew, so that a run can be repeated. */
export function restart(): void {
  jest.clearAllTimers()
  jest.setSystemTime(START)
  let seed = 1
  jest.spyOn(Math, 'random').mockImplementation(() => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647)
}

/** In the tests of this file time passes only when the model lets it, for `node:timers/promises` too, which Jest leaves alone. */
export function useModelTime(): void {
  beforeEach(() => {
    Logger.overrideLogger(false)
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] })
    jest.spyOn(timers, 'setTimeout').mockImplementation(delay)
  })
  afterEach(() => {
    jest.restoreAllMocks()
    jest.useRealTimers()
  })
}

/** Lets everything happen that waits for nothing but its turn. */
export const untilIdle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Moves time on to whatever waits for it next. */
export async function tick(): Promise<void> {
  jest.advanceTimersToNextTimer()
  await untilIdle()
}
