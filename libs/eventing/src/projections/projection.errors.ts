import { DomainError, type ErrorKind } from '@mpics/contracts'

export class UnknownProjectionError extends DomainError {
  readonly code = 'projections.unknown'
  readonly kind: ErrorKind = 'not-found'

  constructor(name: string, known: readonly string[]) {
    super(`There is no projection ${name} here; there are: ${known.join(', ') || 'none'}.`)
  }
}

/** One rebuild of a projection at a time, over all replicas. */
export class RebuildRunningError extends DomainError {
  readonly code = 'projections.rebuild-running'
  readonly kind: ErrorKind = 'conflict'

  constructor(name: string, by: string, since: Date) {
    super(`${name} is being rebuilt already: begun by ${by} at ${since.toISOString()}. Wait until it has ended.`)
  }
}

/** An owner that says nothing is more likely a wrong question than an empty store. */
export class NothingSaidError extends Error {
  constructor(source: string, kept: number) {
    super(
      `${source} says nothing, which would remove all ${kept} documents; nothing was removed. If that is right, allow it to be empty`,
    )
    this.name = 'NothingSaidError'
  }
}

/** The process stopped, or another one took the rebuild over. */
export class RebuildBrokenOffError extends Error {
  constructor(why: string) {
    super(`broken off: ${why}; the service goes on, and the rebuild can be begun again`)
    this.name = 'RebuildBrokenOffError'
  }
}
