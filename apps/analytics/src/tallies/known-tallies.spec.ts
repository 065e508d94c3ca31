import { KnownTallies } from './known-tallies.js'

describe('known tallies', () => {
  const read = jest.fn((ids: readonly string[]) =>
    Promise.resolve(new Map(ids.map((id) => [id, { is: `${id} as stored` }]))),
  )
  const tallies = new KnownTallies<{ is: string }>(read)
  beforeEach(() => read.mockClear())
  const taken = async (...ids: string[]) =>
    Object.fromEntries([...(await tallies.take(ids))].map(([id, { is }]) => [id, is]))

  it('are read until they are given back, and after a save that failed', async () => {
    expect(await taken('a', 'b')).toEqual({ a: 'a as stored', b: 'b as stored' })
    tallies.keep([['a', { is: 'a as saved' }]])
    expect(await taken('a', 'b')).toEqual({ a: 'a as saved', b: 'b as stored' })
    expect(await taken('a')).toEqual({ a: 'a as stored' })
    expect(read.mock.calls).toEqual([[['a', 'b']], [['b']], [['a']]])
  })

  it('are bounded, whatever pages are viewed: the least recently counted goes', async () => {
    for (let i = 0; i < 5_000; i++)
      tallies.keep([
        [`page ${i}`, { is: 'kept' }],
        ['hot', { is: 'kept' }],
      ])
    expect(await taken('hot', 'page 4999', 'page 4000')).toEqual({
      hot: 'kept',
      'page 4999': 'kept',
      'page 4000': 'page 4000 as stored',
    })
    expect((tallies as unknown as { kept: Map<string, object> }).kept.size).toBeLessThanOrEqual(1_000)
  })
})
