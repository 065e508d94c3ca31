import { ConnectionPool } from 'mongodb/lib/cmap/connection_pool.js'
import './quiet-pool.js'

describe("the driver's connection pool", () => {
  const pool = (poolState: string, minPoolSize: number): ConnectionPool =>
    Object.assign(Object.create(ConnectionPool.prototype), {
      poolState,
      options: { minPoolSize, minPoolSizeCheckFrequencyMS: 100 },
      connections: { length: minPoolSize, prune: () => undefined },
      pending: 0,
      checkedOut: new Set(),
    })

  function pauseOf(looking: ConnectionPool): number | undefined {
    looking.ensureMinPoolSize()
    const timer = looking.minPoolSizeTimer as (NodeJS.Timeout & { _idleTimeout: number }) | undefined
    const pause = timer?._idleTimeout
    clearTimeout(timer)
    return pause
  }

  it.each([
    ['seldom where there is no minimum to keep', 'ready', 0, 10_000],
    ['as often as the driver will where there is one', 'ready', 2, 100],
    ['no more once it is closed', 'closed', 0, undefined],
  ])('is looked after %s', (_, state, minimum, pause) => {
    expect(pauseOf(pool(state, minimum))).toBe(pause)
  })
})
