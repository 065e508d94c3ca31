import { Foreseen } from './foreseen.js'

describe('an answer that was asked for early', () => {
  const asking = () => {
    const clock = { time: 0, now: () => clock.time }
    const foreseen = new Foreseen<string>(clock)
    const take = (key: string) => foreseen.take(key, () => Promise.resolve('asked now'))
    return { clock, foreseen, take }
  }

  it('is used once, for what it was asked for', async () => {
    const { foreseen, take } = asking()
    foreseen.ask('a', Promise.resolve('asked early'))
    expect(await take('b')).toBe('asked now')
    expect(await take('a')).toBe('asked early')
    expect(await take('a')).toBe('asked now')
  })

  it('is not used when it is old', async () => {
    const { clock, foreseen, take } = asking()
    clock.time = 1
    for (const key of ['a', 'b']) foreseen.ask(key, Promise.resolve('asked early'))
    clock.time = 400
    expect(await take('a')).toBe('asked early')
    clock.time = 600
    expect(await take('b')).toBe('asked now')
  })

  it('is an error for whoever wants it, and for nobody else', async () => {
    const { foreseen, take } = asking()
    for (const key of ['a', 'b']) foreseen.ask(key, Promise.reject(new Error('away')))
    await expect(take('a')).rejects.toThrow('away')
  })
})
