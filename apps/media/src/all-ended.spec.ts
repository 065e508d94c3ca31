import { setTimeout as delay } from 'node:timers/promises'
import { allEnded } from './all-ended.js'

describe('works side by side', () => {
  it('resolve to what each made', async () => {
    expect(await allEnded([Promise.resolve(1), delay(1, 'two')] as const)).toEqual([1, 'two'])
  })

  it('fail only when the others have ended, too', async () => {
    let hasEnded = false
    const slow = delay(20).then(() => (hasEnded = true))
    await expect(allEnded([Promise.reject(new Error('no room')), slow])).rejects.toThrow('no room')
    expect(hasEnded).toBe(true)
  })
})
