import { ConnectionPool } from 'mongodb/lib/cmap/connection_pool.js'

const EVERY_MS = 10_000

/** The driver checks a pool's minimum ten times a second: most of an idle service's wake-ups. We set no minimum. */
const ensure = Reflect.get<ConnectionPool, 'ensureMinPoolSize'>(ConnectionPool.prototype, 'ensureMinPoolSize')

ConnectionPool.prototype.ensureMinPoolSize = function (this: ConnectionPool) {
  ensure.call(this)
  if (this.poolState !== 'ready' || this.options.minPoolSize > 0) return
  clearTimeout(this.minPoolSizeTimer)
  this.minPoolSizeTimer = setTimeout(() => this.ensureMinPoolSize(), EVERY_MS)
}
