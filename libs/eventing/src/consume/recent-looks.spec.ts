import { RecentLooks, RELIED_ON_MS } from './recent-looks.js'

describe('looks that are a moment old', () => {
  let erased: Set<string>
  let asked: string[][]
  let clock: { steady: number; wall: number }
  let answer: PromiseWithResolvers<void> | undefined
  let looks: RecentLooks

  beforeEach(() => {
    ;[erased, asked, clock, answer] = [new Set(), [], { steady: 0, wall: 0 }, undefined]
    looks = new RecentLooks(
      async (ids) => {
        asked.push([...ids])
        const there = new Set(ids.filter((id) => erased.has(id)))
        await answer?.promise
        return there
      },
      () => ({ ...clock }),
    )
  })

  const later = (ms: number) => ((clock.steady += ms), (clock.wall += ms))

  it('are asked once for all who ask at once, and for all who ask meanwhile', async () => {
    answer = Promise.withResolvers()
    const first = [looks.among(['a']), looks.among(['b', 'a'])]
    await Promise.resolve()
    await Promise.resolve()
    const others = [looks.among(['c']), looks.among(['d'])]
    answer.resolve()
    await Promise.all([...first, ...others])
    expect(asked).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('tell each caller of its own ids alone', async () => {
    erased.add('b')
    const [a, b] = await Promise.all([looks.among(['a']), looks.among(['a', 'b'])])
    expect([[...a], [...b]]).toEqual([[], ['b']])
  })

  it('are relied on from before they were asked, for less time than whoever erases waits', async () => {
    answer = Promise.withResolvers()
    const look = looks.among(['a'])
    await Promise.resolve()
    later(900)
    answer.resolve()
    await look
    later(90)
    await looks.among(['a'])
    expect(asked.length).toBe(1)
    later(20)
    await looks.among(['a'])
    expect(asked.length).toBe(2)
    expect(RELIED_ON_MS).toBeGreaterThanOrEqual(2 * (900 + 90 + 10))
  })

  it.each(['steady', 'wall'] as const)('are old as soon as the %s clock says so', async (which) => {
    await looks.among(['a'])
    clock[which] += 5_000
    await looks.among(['a'])
    expect(asked.length).toBe(2)
  })

  it('never take for absent what was there', async () => {
    erased.add('a')
    expect([...(await looks.among(['a']))]).toEqual(['a'])
    expect([...(await looks.among(['a']))]).toEqual(['a'])
  })

  it('are forgotten when told so, also those that are on their way', async () => {
    answer = Promise.withResolvers()
    const look = looks.among(['a'])
    await Promise.resolve()
    looks.forget()
    erased.add('a')
    answer.resolve()
    await look
    expect([...(await looks.among(['a']))]).toEqual(['a'])
  })

  it('keep a bounded number of ids, the last ones', async () => {
    const ids = Array.from({ length: 12_000 }, (_, i) => `id ${i}`)
    await looks.among(ids)
    expect(asked.map(({ length }) => length)).toEqual([5_000, 5_000, 2_000])
    await looks.among(ids.slice(-10_000))
    expect(asked.length).toBe(3)
    await looks.among(ids.slice(0, 1))
    expect(asked.length).toBe(4)
  })

  it('that failed fail for who asked, and nobody else', async () => {
    let fails = true
    const unsteady = new RecentLooks(async () => {
      if (fails) throw new Error('away')
      return new Set()
    })
    await expect(unsteady.among(['a'])).rejects.toThrow('away')
    fails = false
    expect([...(await unsteady.among(['a']))]).toEqual([])
  })
})
