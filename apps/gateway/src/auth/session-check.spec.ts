import { Invalidation, UnavailableError } from '@mpics/service-kit'
import { EndedSessions } from './ended-sessions.js'
import { SessionCheck } from './session-check.js'

type Parts = ConstructorParameters<typeof SessionCheck>

function check(silentMs: number, revoked: readonly string[] | 'no answer', replica = 'ready') {
  const asked: string[][] = []
  const health = () => ({ replica, replicaBehindMs: silentMs })
  const events = { health, afterEach: () => undefined } as unknown as Parts[0]
  const call = (_: unknown, { body }: { body: { sessionIds: string[] } }) => {
    asked.push(body.sessionIds)
    return revoked === 'no answer' ? Promise.reject(new UnavailableError()) : Promise.resolve({ revoked })
  }
  const ended = new EndedSessions()
  const invalidation = new Invalidation(events)
  return { asked, ended, sessions: new SessionCheck(events, ended, { call } as unknown as Parts[2], invalidation) }
}

describe('B49 whether a session has ended', () => {
  it('is known from Kafka while it is heard', async () => {
    const { sessions, ended, asked } = check(600, 'no answer')
    expect(await sessions.hasEnded('one')).toBe(false)
    ended.add('one', Date.now() + 1000)
    expect(await sessions.hasEnded('one')).toBe(true)
    expect(asked).toEqual([])
  })

  it('is asked of identity after two seconds of silence, all at once and not again for a moment', async () => {
    const { sessions, asked } = check(2_100, ['two'])
    expect(await Promise.all(['one', 'two', 'one'].map(async (id) => sessions.hasEnded(id)))).toEqual([
      false,
      true,
      false,
    ])
    expect(await sessions.hasEnded('one')).toBe(false)
    expect(asked).toEqual([['one', 'two']])
  })

  it('is asked of identity until the past was read back', async () => {
    expect(await check(0, ['one'], 'reading-back').sessions.hasEnded('one')).toBe(true)
  })

  it('is not guessed: no answer is 503', async () => {
    await expect(check(2_100, 'no answer').sessions.hasEnded('one')).rejects.toThrow(UnavailableError)
  })
})
