import { Slots } from './slots.js'

describe('slots', () => {
  it('run so many jobs at once, the others in order, and go on after one that failed', async () => {
    const slots = new Slots(2)
    const [started, ends]: [number[], (() => void)[]] = [[], []]
    const job = (n: number) =>
      slots.run(async () => {
        started.push(n)
        await new Promise<void>((resolve, reject) => ends.push(n === 0 ? () => reject(new Error('zero')) : resolve))
      })
    const [zero, ...others] = [0, 1, 2, 3].map(job)
    expect(started).toEqual([0, 1])
    expect(slots.full).toBe(true)
    ends[0]!()
    await expect(zero).rejects.toThrow('zero')
    expect(started).toEqual([0, 1, 2])
    ends[1]!()
    ends[2]!()
    await others[1]
    ends[3]!()
    await Promise.all(others)
    expect(started).toEqual([0, 1, 2, 3])
    expect(slots.full).toBe(false)
  })
})
