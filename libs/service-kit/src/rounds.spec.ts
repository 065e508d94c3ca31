import { Logger } from '@nestjs/common'
import { Rounds } from './rounds.js'

describe('rounds', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  const every = { everyMs: 1_000, spreadMs: 0, failed: 'they have to wait' }

  it('come one after the other, however long one takes', async () => {
    const ends: (() => void)[] = []
    new Rounds().begin({ ...every, work: () => new Promise<void>((resolve) => ends.push(resolve)) })
    expect(ends).toHaveLength(0)
    await jest.advanceTimersByTimeAsync(10_000)
    expect(ends).toHaveLength(1)
    ends[0]!()
    await jest.advanceTimersByTimeAsync(1_000)
    expect(ends).toHaveLength(2)
  })

  it('go on after one that failed, also before it became a promise', async () => {
    const said = jest.spyOn(Logger.prototype, 'warn').mockImplementation()
    let count = 0
    const work = () => {
      count += 1
      throw new Error('no')
    }
    new Rounds().begin({ ...every, atOnce: true, work })
    expect(count).toBe(1)
    await jest.advanceTimersByTimeAsync(2_000)
    expect(count).toBe(3)
    expect(said.mock.calls.map(([, sentence]) => sentence as string)).toEqual(Array(3).fill(every.failed))
    said.mockRestore()
  })

  it('come sooner for who hastens them, however many do, and again after one under way', async () => {
    const began: number[] = []
    let end: () => void = () => undefined
    const work = () => {
      began.push(Date.now() - start)
      return new Promise<void>((resolve) => (end = resolve))
    }
    const start = Date.now()
    const rounds = new Rounds()
    const round = { ...every, work }
    rounds.begin(round)
    rounds.hasten(round, 100)
    await jest.advanceTimersByTimeAsync(50)
    rounds.hasten(round, 100)
    await jest.advanceTimersByTimeAsync(50)
    expect(began).toEqual([100])
    rounds.hasten(round, 300)
    rounds.hasten(round, 200)
    end()
    await jest.advanceTimersByTimeAsync(200)
    end()
    await jest.advanceTimersByTimeAsync(1_000)
    expect(began).toEqual([100, 300, 1_300])
  })

  it('are told of a stop, which waits for the one under way and lets no other begin', async () => {
    const rounds = new Rounds()
    const heard: string[] = []
    const work = async (stopping: AbortSignal) => {
      heard.push('began')
      await new Promise((resolve) => stopping.addEventListener('abort', resolve))
      heard.push('told')
    }
    rounds.begin({ ...every, atOnce: true, work })
    rounds.begin({ ...every, work: () => Promise.resolve(heard.push('too late')) })
    await rounds.beforeApplicationShutdown()
    expect(heard).toEqual(['began', 'told'])
    await jest.advanceTimersByTimeAsync(10_000)
    expect(heard).toEqual(['began', 'told'])
  })
})
