import { AsyncLocalStorage } from 'node:async_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { GatewayConfig } from '../config.js'
import { Limits } from './limits.js'

const config = {
  GATEWAY_REPLICAS: 2,
  GATEWAY_LIMIT_READ: 4,
  GATEWAY_LIMIT_WRITE: 4,
  GATEWAY_LIMIT_CREDENTIALS: 4,
  GATEWAY_LIMIT_UPLOAD: 4,
  GATEWAY_LIMIT_PAGE_VIEW: 4,
  GATEWAY_LIMIT_WITHDRAWAL: 4,
} as GatewayConfig

function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed
}

describe('limits', () => {
  it('hold for each caller and class, by the share of this replica', () => {
    const limits = new Limits(config)
    const taken = [limits.take('read', 'a'), limits.take('read', 'a'), limits.take('read', 'a')]
    expect(taken.map(({ allowed }) => allowed)).toEqual([true, true, false])
    expect(limits.take('read', 'b').allowed).toBe(true)
    expect(limits.take('write', 'a').allowed).toBe(true)
  })

  it('keep no request in memory that began a count', () => {
    const requests = new AsyncLocalStorage<{ headers: string }>()
    const limits = new Limits(config)
    const before = heapUsed()
    for (let i = 0; i < 4_000; i++)
      requests.run({ headers: `${i}`.padEnd(16_000, 'h').toUpperCase() }, () => limits.take('read', `${i}`))
    expect(heapUsed() - before).toBeLessThan(16_000_000)
  })

  it('take bounded memory, however many addresses call, and forget nobody who keeps calling', () => {
    const limits = new Limits(config)
    limits.take('read', 'busy')
    for (let i = 0; i < 30_000; i++) {
      limits.take('read', `2001:db8:0:${i.toString(16)}::`)
      if (i % 2_000 === 0) limits.take('read', 'busy')
    }
    expect(limits.size('read')).toBeLessThanOrEqual(5_000)
    expect(limits.take('read', 'busy').allowed).toBe(false)
  })
})
