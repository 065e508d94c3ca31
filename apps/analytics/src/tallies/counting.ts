import type { Session } from '@mpics/mongo'

/** Tallies with views added to what was read of them. They may be saved in one transaction with others. */
export interface Counting {
  /** How many of them are others now. */
  readonly changes: number
  /** May be repeated; on `ConcurrentChangeError` somebody has counted meanwhile. The session is that in which they were read. */
  readonly save: (session?: Session) => Promise<void>
  /** Call it when they are saved, and not before. */
  readonly remember: () => void
}
