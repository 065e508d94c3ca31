import { Metrics, RateLimitedError, UnavailableError } from '@mpics/service-kit'
import type { Transfer, TransferKind } from './transfer.js'
import { Transfers } from './transfers.js'

class Client implements Transfer {
  bytes = 0
  awaited = true
  ended = false

  constructor(
    readonly key: string,
    readonly kind: TransferKind = 'body',
  ) {}

  readonly moved = () => this.bytes
  readonly isAwaited = () => this.awaited
  readonly end = () => void (this.ended = true)
}

describe('transfers', () => {
  const metrics = new Metrics()
  let transfers: Transfers
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 })
    metrics.registry.clear()
    transfers = new Transfers(metrics)
  })
  afterEach(() => {
    transfers.onApplicationShutdown()
    jest.useRealTimers()
  })

  const open = (client: Client) => (transfers.open(client), client)
  const many = (count: number, key: (i: number) => string, kind?: TransferKind) =>
    Array.from({ length: count }, (_, i) => open(new Client(key(i), kind)))
  function pass(seconds: number, moving: readonly Client[] = [], bytesPerSecond = 10_000) {
    for (let second = 0; second < seconds; second++) {
      for (const client of moving) client.bytes += bytesPerSecond
      jest.advanceTimersByTime(1_000)
    }
  }
  const endedOf = (clients: readonly Client[]) => clients.filter(({ ended }) => ended).length

  it.each<[TransferKind, number, number]>([
    ['body', 500, 10],
    ['upload', 5_000, 20],
    ['picture', 500, 60],
    ['answer', 500, 60],
  ])('end when a %s moves by fewer than %i bytes a second', (kind, bytesPerSecond, withinSeconds) => {
    const slow = open(new Client('slow', kind))
    pass(withinSeconds, [slow], bytesPerSecond)
    expect(slow.ended).toBe(true)
  })

  it('wait for a client that moves fast enough, and for none that waits for us', () => {
    const [fast, waiting] = [open(new Client('a')), open(new Client('b'))]
    waiting.awaited = false
    pass(60, [fast])
    expect([fast.ended, waiting.ended]).toEqual([false, false])
  })

  it('of one client are bounded; those that stand still make room, those that move do not', () => {
    const own = many(4, () => 'one', 'upload')
    expect(() => transfers.open(new Client('one', 'upload'))).toThrow(RateLimitedError)
    open(new Client('another', 'upload'))
    pass(3, own.slice(1), 100_000)
    open(new Client('one', 'upload'))
    expect([own[0]!.ended, endedOf(own)]).toEqual([true, 1])
    expect(() => transfers.open(new Client('one', 'upload'))).toThrow(RateLimitedError)
  })

  it('of all clients are bounded: whoever stands still makes room for others, from many addresses too', () => {
    const idle = many(128, (i) => `idle ${i}`, 'picture')
    pass(3)
    const moving = many(100, (i) => `moving ${i}`, 'picture')
    expect([endedOf(idle), endedOf(moving)]).toEqual([100, 0])
  })

  it.each<[TransferKind, number, number]>([
    ['body', 32, 2_000],
    ['upload', 4, 20_000],
    ['picture', 64, 2_000],
  ])('that trickle, a %s from each of many addresses, leave room for others', (kind, places, bytesPerSecond) => {
    const slow: Client[] = []
    const other = open(new Client('somebody', kind))
    for (let address = 0; address < 40; address++)
      for (let place = 0; place < places; place++) {
        const one = new Client(`trickles ${address}`, kind)
        try {
          slow.push(open(one))
        } catch (error) {
          expect([RateLimitedError, UnavailableError]).toContain((error as Error).constructor)
        }
      }
    for (let second = 0; second < 8; second++) {
      other.bytes += 50_000
      pass(1, slow, bytesPerSecond)
    }
    const others = many(10, (i) => `other ${i}`, kind)
    expect([other.ended, endedOf(others)]).toEqual([false, 0])
  })

  it('of whoever holds most end first, the slowest of them', () => {
    const all = many(256, (i) => (i < 20 ? 'most' : `${i}`))
    pass(3, all, 2_000)
    for (const one of all) if (one !== all[5]) one.bytes += 1_000
    many(1, () => 'one more')
    expect([all[5]!.ended, endedOf(all)]).toEqual([true, 1])
  })

  it('are refused when there are too many that all move', () => {
    const all = many(512, (i) => `${i}`)
    pass(3, all)
    expect(() => transfers.open(new Client('one more'))).toThrow(UnavailableError)
    expect(endedOf(all)).toBe(0)
  })

  it('give their place back', () => {
    const release = transfers.open(new Client('one', 'upload'))
    many(3, () => 'one', 'upload')
    release()
    expect(() => transfers.open(new Client('one', 'upload'))).not.toThrow()
  })

  it('that nobody takes do not keep the service from stopping', () => {
    const [idle, moving] = [open(new Client('a', 'picture')), open(new Client('b', 'picture'))]
    transfers.beforeApplicationShutdown()
    pass(4, [moving])
    expect([idle.ended, moving.ended]).toEqual([true, false])
  })
})
