import { DomainError, type ErrorKind } from '@mpics/contracts'
import mongoose from 'mongoose'
import { EffectInProgressError, PermanentError, UnreadableEventError } from './errors.js'
import { Attempts, isOutage, RETRY_MS } from './retry.js'

const { MongoBulkWriteError, MongoNetworkError, MongoServerError } = mongoose.mongo

class PeerAway extends DomainError {
  readonly code = 'x'
  readonly kind: ErrorKind = 'unavailable'
}

const named = (name: string) => Object.assign(new Error(), { name })
const refused = () =>
  Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })
const waits = (attempts: Attempts, error: Error, times: number) =>
  Array.from({ length: times }, () => attempts.againAfter(error))

const answers = [91, 189, 10_107, 11_600, 11_602].map((code) => new MongoServerError({ message: 'x', code }))
const outages: Record<string, Error> = {
  'another service is away': new PeerAway('x'),
  'nobody listens': refused(),
  'MongoDB is away': named('MongoServerSelectionError'),
  'MongoDB does not answer': named('MongoNetworkTimeoutError'),
  'MongoDB goes away in a bulk write': new MongoBulkWriteError(new MongoNetworkError('x'), {} as never),
  'no majority answers': new MongoBulkWriteError({ message: 'waiting for replication', code: 64 }, {} as never),
  ...Object.fromEntries(answers.map((error) => [`a primary goes: ${error.code}`, error])),
}

describe('retrying', () => {
  it('gives up what no retry would mend at once, anything else after its attempts', () => {
    expect(waits(new Attempts(), new PermanentError('x'), 1)).toEqual([undefined])
    expect(waits(new Attempts(), new UnreadableEventError('x'), 1)).toEqual([undefined])
    const [last, ...before] = waits(new Attempts(), new Error('x'), RETRY_MS.length + 1).reverse()
    expect(last).toBeUndefined()
    expect(before).not.toContain(undefined)
  })

  it.each(Object.entries(outages))('blames no event for an outage: %s, however long it lasts', (_what, error) => {
    expect(isOutage(error)).toBe(true)
    for (const wait of waits(new Attempts(), error, 1_000)) expect(wait).toBeLessThanOrEqual(7_500)
  })

  it('sees no outage in a defect, or in a write that was refused', () => {
    expect(isOutage(new Error('a defect'))).toBe(false)
    expect(isOutage(new MongoBulkWriteError({ message: 'E11000', code: 11_000 }, {} as never))).toBe(false)
  })

  it('has as much patience with the first failure after an outage as without one', () => {
    const attempts = new Attempts()
    waits(attempts, new PeerAway('x'), 10)
    waits(attempts, new EffectInProgressError('x'), 10)
    expect(waits(attempts, new Error('x'), RETRY_MS.length)).not.toContain(undefined)
  })

  it('spreads the attempts', () => {
    const first = Array.from({ length: 50 }, () => new Attempts().againAfter(new Error('x'))!)
    expect(Math.min(...first)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...first)).toBeLessThanOrEqual(150)
    expect(new Set(first).size).toBeGreaterThan(40)
  })
})
