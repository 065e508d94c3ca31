import { KnownTallies } from './known-tallies.js'

const tally = (is: string, bytes = 6) => ({ is, registers: new Uint8Array(bytes) })

describe('known tallies', () => {
  const read = jest.fn((ids: readonly string[]) =>
    Promise.resolve(new Map(ids.map((id) => [id, tally(`${id} as stored`)]))),
  )
  const tallies = new KnownTallies<ReturnType<typeof tally>>(read)
  beforeEach(() => read.mockClear())
  const taken = async (...ids: string[]) =>
    Object.fromEntries([...(await tallies.take(ids)).tallies].map(([id, { is }]) => [id, is]))

  it('are read until they are given back, and after a save that failed', async () => {
    expect(await taken('a', 'b')).toEqual({ a: 'a as stored', b: 'b as stored' })
    tallies.keep([['a', tally('a as saved')]])
    expect(await taken('a', 'b')).toEqual({ a: 'a as saved', b: 'b as stored' })
    expect(await taken('a')).toEqual({ a: 'a as stored' })
    expect(read.mock.calls).toEqual([[['a', 'b']], [['b']], [['a']]])
  })

  it('are read a thousand at a time', async () => {
    const ids = Array.from({ length: 2_001 }, (_, n) => `page ${n} of many`)
    expect(Object.keys(await taken(...ids))).toEqual(ids)
    expect(read.mock.calls.map(([asked]) => asked.length)).toEqual([1_000, 1_000, 1])
  })

  it.each([
    { whose: 'few browsers viewed', bytes: 6, least: 5_000, most: 6_300 },
    { whose: 'very many viewed', bytes: 4_096, least: 1_000, most: 1_300 },
  ])('are bounded by their bytes where pages are kept that $whose: the least recently counted goes', async (kept) => {
    const { bytes, least, most } = kept
    for (let i = 0; i < 20_000; i++)
      tallies.keep([
        [`page ${i}`, tally('kept', bytes)],
        ['hot', tally('kept', bytes)],
      ])
    const [last, gone] = [`page ${20_000 - least + 1}`, `page ${20_000 - most}`]
    expect(await taken('hot', last, gone)).toEqual({ hot: 'kept', [last]: 'kept', [gone]: `${gone} as stored` })
  })
})
