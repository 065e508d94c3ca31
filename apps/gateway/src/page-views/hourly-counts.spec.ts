import { Clock } from '@mpics/service-kit'
import { HourlyCounts } from './hourly-counts.js'

describe('counts of an hour', () => {
  const clock = new Clock()
  const at = (time: string) => jest.spyOn(clock, 'now').mockReturnValue(new Date(time))

  it('are of one name, until they are cleared or the hour is over', () => {
    at('2026-01-31T12:00:00Z')
    const counts = new HourlyCounts(1 << 16, clock)
    const [one, other] = [counts.slotOf('one'), counts.slotOf('other')]
    expect([counts.add(one), counts.add(one), counts.add(other)]).toEqual([1, 2, 1])
    counts.clear(one)
    expect([counts.at(one), counts.at(other)]).toEqual([0, 1])
    at('2026-01-31T13:00:00Z')
    expect(counts.at(counts.slotOf('other'))).toBe(0)
  })
})
