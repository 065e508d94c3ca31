declare module 'mongodb/lib/cmap/connection_pool.js' {
  export class ConnectionPool {
    poolState: 'paused' | 'ready' | 'closed'
    options: { minPoolSize: number }
    minPoolSizeTimer?: NodeJS.Timeout
    ensureMinPoolSize(): void
  }
}

declare module 'mongodb/lib/error.js' {
  /** By the driver's rules: the connection broke, or the primary stepped down. */
  export function isRetryableReadError(error: Error): boolean
}
