declare module 'mongodb/lib/cmap/connection_pool.js' {
  export class ConnectionPool {
    poolState: 'paused' | 'ready' | 'closed'
    options: { minPoolSize: number }
    minPoolSizeTimer?: NodeJS.Timeout
    ensureMinPoolSize(): void
  }
}
