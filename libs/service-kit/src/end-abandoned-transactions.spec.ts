import type { AbandonedTransactions } from '@mpics/eventing'
import { Logger } from '@nestjs/common'
import { EndAbandonedTransactions } from './end-abandoned-transactions.js'
import { Rounds } from './rounds.js'

const outage = Object.assign(new Error('gone'), { name: 'MongoNetworkError' })

describe('looks for abandoned transactions', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation()
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())
  afterAll(() => warn.mockRestore())

  it('go on after failures, of which the first is told, and none of an outage; a stop waits for the one under way', async () => {
    const end = jest.fn<Promise<void>, []>()
    const rounds = new Rounds()
    for (const error of [outage, new Error('no'), new Error('no'), outage]) end.mockRejectedValueOnce(error)
    end.mockResolvedValueOnce()
    end.mockRejectedValueOnce(new Error('no'))
    const last = Promise.withResolvers<void>()
    end.mockReturnValueOnce(last.promise)
    new EndAbandonedTransactions({ end } as unknown as AbandonedTransactions, rounds).onApplicationBootstrap()
    const told: number[] = []
    for (let round = 0; round < 6; round++) {
      await jest.advanceTimersByTimeAsync(round === 0 ? 0 : 2_000)
      told.push(warn.mock.calls.length)
    }
    expect(told).toEqual([0, 1, 1, 1, 1, 2])
    await jest.advanceTimersByTimeAsync(2_000)
    expect(end).toHaveBeenCalledTimes(7)
    let isStopped = false
    const stop = rounds.beforeApplicationShutdown().then(() => (isStopped = true))
    await jest.advanceTimersByTimeAsync(10_000)
    expect(isStopped).toBe(false)
    last.resolve()
    await stop
    expect(end).toHaveBeenCalledTimes(7)
  })
})
