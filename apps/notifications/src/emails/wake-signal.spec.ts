import type { Versioned } from '@mpics/eventing'
import type { Email } from './email.js'
import { WakeSignal } from './wake-signal.js'

describe('a mail that this replica queues', () => {
  const mail = { id: 'mail' } as Versioned<Email>
  const taking = (room: number) => {
    const [signal, taken] = [new WakeSignal(), [] as Versioned<Email>[]]
    const hasRoom = () => signal.onTheirWay + taken.length < room
    signal.serve({ hasRoom, take: (email) => taken.push(email), isAt: () => false })
    return { signal, taken }
  }

  it('is handed over while there is room, which those take that are being made', async () => {
    const { signal, taken } = taking(1)
    const first = signal.handOver(() => Promise.resolve(mail))
    expect(signal.handOver(() => Promise.resolve(mail))).toBeUndefined()
    await first
    expect(taken).toEqual([mail])
    expect(signal.onTheirWay).toBe(0)
  })

  it('takes no room when it was made before, or cannot be made', async () => {
    const { signal, taken } = taking(1)
    await signal.handOver(() => Promise.resolve(undefined))
    await expect(signal.handOver(() => Promise.reject(new Error('no database')))).rejects.toThrow('no database')
    await signal.handOver(() => Promise.resolve(mail))
    expect(taken).toEqual([mail])
  })

  it('is left to whoever looks where nobody takes any', () => {
    expect(new WakeSignal().handOver(() => Promise.resolve(mail))).toBeUndefined()
  })
})
