import { ConnectionPool } from 'mongodb/lib/cmap/connection_pool.js'

const EVERY_MS = 10_000

/**
 * The driver looks ten times a second whether a pool has fewer connections than it should have at least: most of what an idle
 * service wakes up for. There is no such minimum here; what is left of that look, to let go of stale connections, has time.
 */
const ensure = Reflect.get<ConnectionPool, 'ensureMinPoolSize'>(ConnectionPool.prototype, 'ensureMinPoolSize')

ConnectionPool.prototype.ensureMinPoolSize = function (this: ConnectionPool) {
  ensure.call(this)
  if (this.poolState !== 'ready' || this.options.minPoolSize > 0) return
  clearTimeout(this.minPoolSizeTimer)
  this.minPoolSizeTimer = setTimeout(() => this.ensureMinPoolSize(), EVERY_MS)
}
