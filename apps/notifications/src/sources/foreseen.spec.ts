import { Foreseen, MAX_UNANSWERED } from './foreseen.js'

describe('an answer that was asked for early', () => {
  const asking = () => {
    const clock = { time: 1, now: () => clock.time }
    const foreseen = new Foreseen<{ asked: string }>(clock)
    const take = (key: string) => foreseen.take(key, async () => ({ asked: 'now' })).then(({ asked }) => asked)
    const foresee = (key: string) => foreseen.foresee(key, async () => ({ asked: 'early' }))
    return { clock, foreseen, foresee, take }
  }

  it('is used once, for what it was asked for', async () => {
    const { foresee, take } = asking()
    foresee('a')
    expect(await take('b')).toBe('now')
    expect(await take('a')).toBe('early')
    expect(await take('a')).toBe('now')
  })

  it('is not used when it is old', async () => {
    const { clock, foresee, take } = asking()
    for (const key of ['a', 'b']) foresee(key)
    clock.time = 400
    expect(await take('a')).toBe('early')
    clock.time = 600
    expect(await take('b')).toBe('now')
  })

  it('is asked for anew if nobody answered', async () => {
    const { foreseen, take } = asking()
    for (const key of ['a', 'b']) foreseen.foresee(key, () => Promise.reject(new Error('away')))
    expect(await take('a')).toBe('now')
  })

  it('is not asked for while many others are, until one of those is answered', async () => {
    const { foreseen, foresee, take } = asking()
    const waiting = Array.from({ length: MAX_UNANSWERED }, () => Promise.withResolvers<{ asked: string }>())
    for (const [n, { promise }] of waiting.entries()) foreseen.foresee(`${n}`, () => promise)
    foresee('a')
    expect(await take('a')).toBe('now')
    waiting[0]!.reject(new Error('away'))
    expect(await take('0')).toBe('now')
    foresee('a')
    expect(await take('a')).toBe('early')
  })
})
