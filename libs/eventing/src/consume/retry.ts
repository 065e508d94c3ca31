import { DomainError } from '@mpics/contracts'
import { EffectInProgressError, PermanentError } from '../errors.js'

export const RETRY_MS: readonly number[] = [100, 500, 2_000, 8_000]
const OUTAGE_MS: readonly number[] = [200, 500, 1_000, 2_000, 5_000]
const IN_PROGRESS_MS = 1_000

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])
const MONGO_OUTAGE =
  /^(Mongo(ServerSelection|Network|NetworkTimeout|NotConnected|PoolCleared|PoolClearedOnNetwork|TopologyClosed|WriteConcern|OperationTimeout)Error|MongooseServerSelectionError|MongoWaitQueueTimeoutError)$/

interface Caused {
  name?: string
  code?: unknown
  cause?: unknown
}

/** A server that this service needs is away. No event is to blame, so none is given up for it, however long it lasts. */
export function isOutage(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable'
  for (let at = error as Caused | undefined, depth = 0; at && depth < 5; at = at.cause as Caused | undefined, depth++)
    if (MONGO_OUTAGE.test(at.name ?? '') || NETWORK.has(String(at.code))) return true
  return false
}

/** How long to wait before the next attempt; undefined: it is given up. With jitter, so that many do not come back at once. */
export function againAfter(error: unknown, attempt: number, retryMs: readonly number[] = RETRY_MS): number | undefined {
  if (error instanceof PermanentError) return undefined
  const wait = waitFor(error, attempt, retryMs)
  return wait === undefined ? undefined : wait * (0.5 + Math.random())
}

function waitFor(error: unknown, attempt: number, retryMs: readonly number[]): number | undefined {
  if (error instanceof EffectInProgressError) return IN_PROGRESS_MS
  if (isOutage(error)) return OUTAGE_MS[Math.min(attempt, OUTAGE_MS.length) - 1]
  return retryMs[attempt - 1]
}
