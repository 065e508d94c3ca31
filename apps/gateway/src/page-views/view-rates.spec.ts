import { analytics } from '@mpics/contracts'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { ViewRates } from './view-rates.js'

describe('the rate of views', () => {
  beforeEach(() => jest.useFakeTimers({ now: 10 * MINUTE_MS }))
  afterEach(() => jest.useRealTimers())

  it('is told within a minute, and no browser is known after it, though nobody comes', () => {
    const rates = new ViewRates(new Clock())
    for (let view = 0; view < analytics.countingRules.viewsAMinute; view++) expect(rates.isTooFast('a')).toBe(false)
    expect([rates.isTooFast('a'), rates.isTooFast('b'), rates.browsers]).toEqual([true, false, 2])
    jest.advanceTimersByTime(MINUTE_MS)
    expect(rates.browsers).toBe(0)
    expect(rates.isTooFast('a')).toBe(false)
  })
})
