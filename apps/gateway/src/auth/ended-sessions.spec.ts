import { EndedSessions } from './ended-sessions.js'

describe('ended sessions', () => {
  it('take bounded memory, and say when they cannot tell of all any more', () => {
    const ended = new EndedSessions()
    const expiresAt = Date.now() + 600_000
    for (let i = 0; i < 100_000; i++) ended.add(`session ${i}`, expiresAt)
    expect([ended.has('session 0'), ended.isComplete]).toEqual([true, true])
    ended.add('one more', expiresAt)
    expect([ended.has('session 0'), ended.has('session 1'), ended.has('one more')]).toEqual([false, true, true])
    expect(ended.isComplete).toBe(false)
  })

  it('are forgotten once none of their tokens could be good', () => {
    const ended = new EndedSessions()
    ended.add('old', Date.now() - 120_000)
    for (let i = 0; i < 1_000; i++) ended.add(`session ${i}`, Date.now() + 600_000)
    expect([ended.has('old'), ended.has('session 0'), ended.isComplete]).toEqual([false, true, true])
  })
})
