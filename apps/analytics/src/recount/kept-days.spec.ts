import { KeptDays } from './kept-days.js'

describe('the days that a rebuild keeps', () => {
  const kept = new KeptDays(
    new Map([
      ['0', '2026-01-02'],
      ['1', ''],
      ['own-0', '2026-01-20'],
    ]),
  )

  it('are those that the partitions of a page hold no longer', () => {
    expect(['0', '1', 'own-0'].map((source) => kept.before([source]))).toEqual(['2026-01-02', '', '2026-01-20'])
    expect(kept.before(['0', 'own-0'])).toBe('2026-01-20')
  })

  it('are those of the partition where a replayed view was recorded, and the most where nobody knows it', () => {
    expect([kept.before(['replay-0']), kept.before(['7']), kept.before([])]).toEqual([
      '2026-01-02',
      '2026-01-20',
      '2026-01-20',
    ])
    expect([kept.earliest, kept.latest]).toEqual(['', '2026-01-20'])
  })

  it('are, of two looks at the topics, the later of each partition', () => {
    const both = kept.and(
      new KeptDays(
        new Map([
          ['0', '2026-01-01'],
          ['1', '2026-01-03'],
        ]),
      ),
    )
    expect(['0', '1', 'own-0'].map((source) => both.before([source]))).toEqual([
      '2026-01-02',
      '2026-01-03',
      '2026-01-20',
    ])
  })
})
