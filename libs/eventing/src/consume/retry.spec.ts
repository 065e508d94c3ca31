import { DomainError, type ErrorKind } from '@mpics/contracts'
import { PermanentError, UnreadableEventError } from '../errors.js'
import { againAfter, isOutage, RETRY_MS } from './retry.js'

class PeerAway extends DomainError {
  readonly code = 'x'
  readonly kind: ErrorKind = 'unavailable'
}

const named = (name: string) => Object.assign(new Error(), { name })

describe('retrying', () => {
  it('gives up what no retry would mend at once, anything else after its attempts', () => {
    expect(againAfter(new PermanentError('x'), 1)).toBeUndefined()
    expect(againAfter(new UnreadableEventError('x'), 1)).toBeUndefined()
    expect(againAfter(new Error('x'), RETRY_MS.length)).toBeDefined()
    expect(againAfter(new Error('x'), RETRY_MS.length + 1)).toBeUndefined()
  })

  it('blames no event for an outage, however long it lasts', () => {
    for (const error of [
      new PeerAway('x'),
      named('MongoServerSelectionError'),
      named('MongoNetworkTimeoutError'),
      Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
    ]) {
      expect(isOutage(error)).toBe(true)
      expect(againAfter(error, 1_000)).toBeLessThanOrEqual(7_500)
    }
    expect(isOutage(new Error('a defect'))).toBe(false)
  })

  it('spreads the attempts', () => {
    const waits = Array.from({ length: 50 }, () => againAfter(new Error('x'), 1)!)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...waits)).toBeLessThanOrEqual(150)
    expect(new Set(waits).size).toBeGreaterThan(40)
  })
})
