import { Logger } from '@nestjs/common'
import { untilIdle, tick, useModelTime } from '../../test/model/clock.js'
import { ModelCollection } from '../../test/model/collection.js'
import { Lease } from './lease.js'

describe('a lease', () => {
  useModelTime()

  it('is led again after a renewal that counted, though its answer came never and the lease was given up here', async () => {
    const leases = new ModelCollection()
    let lost = false
    const carry = async <T>(_what: string, effect: () => T): Promise<T> => {
      const answer = effect()
      if (lost) throw new Error('no answer')
      return Promise.resolve(answer)
    }
    const lease = new Lease({ db: { collection: () => leases.client(carry) } } as never, 'relay', 'a', 5_000)
    const told: string[] = []
    const leaving = new AbortController()
    const onLost = async () => void told.push('lost')
    const keeping = lease.keep({ onTaken: (epoch) => told.push(`taken ${epoch}`), onLost, signal: leaving.signal })
    await untilIdle()
    expect(told).toEqual(['taken 1'])

    lost = true
    while (told.length < 2) await tick()
    lost = false
    await tick()
    expect(told).toEqual(['taken 1', 'lost', 'taken 1'])
    leaving.abort()
    await keeping
  })

  it('that is not renewed says why, and quotes no address', async () => {
    const said = jest.spyOn(Logger.prototype, 'warn').mockImplementation()
    const collection = () => ({ updateOne: () => Promise.reject(new Error('a document of ada@example.org')) })
    const lease = new Lease({ db: { collection } } as never, 'relay', 'a', 5_000)
    const leaving = new AbortController()
    const keeping = lease.keep({ onTaken: jest.fn(), onLost: jest.fn(), signal: leaving.signal })
    await untilIdle()
    expect(said.mock.calls).toEqual([['The lease relay is not renewed: a document of …']])
    leaving.abort()
    await keeping
  })
})
