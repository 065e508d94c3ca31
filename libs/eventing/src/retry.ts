import { DomainError } from '@mpics/contracts'
import { isMongoOutage } from '@mpics/mongo'
import { causesOf } from './causes.js'
import { reasonOf } from './reason.js'
import { EffectInProgressError, PermanentError, UnsureOfErasedError } from './errors.js'

export const RETRY_MS: readonly number[] = [100, 500, 2_000, 8_000]
const OUTAGE_MS: readonly number[] = [200, 500, 1_000, 2_000, 5_000]
const IN_PROGRESS_MS = 1_000

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])

/** A server that this service needs is away. No event is to blame, so none is given up, however long it lasts. */
export function isOutage(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable'
  for (const failure of causesOf(error)) if (isMongoOutage(failure) || NETWORK.has(String(failure.code))) return true
  return false
}

/** A dead letter would leave behind what its reaction has written for somebody erased: this is tried until it succeeds. */
export async function untilSure<T>(looking: Promise<T>): Promise<T> {
  try {
    return await looking
  } catch (error) {
    throw new UnsureOfErasedError(reasonOf(error), { cause: error })
  }
}

const isEndless = (error: unknown): boolean => error instanceof UnsureOfErasedError || isOutage(error)

/** Counts the attempts at one thing. Outages, looks for what was erased and another replica's work do not count, only failures of its own. */
export class Attempts {
  made = 0
  private failures = 0
  private hindered = 0

  begin(): number {
    return ++this.made
  }

  /** The wait in ms; undefined: no more attempts. Jitter keeps many from coming back at once. */
  againAfter(error: unknown, retryMs: readonly number[] = RETRY_MS): number | undefined {
    if (error instanceof PermanentError) return undefined
    const wait = this.waitFor(error, retryMs)
    return wait === undefined ? undefined : wait * (0.5 + Math.random())
  }

  private waitFor(error: unknown, retryMs: readonly number[]): number | undefined {
    if (error instanceof EffectInProgressError) return IN_PROGRESS_MS
    if (isEndless(error)) return OUTAGE_MS[Math.min(this.hindered++, OUTAGE_MS.length - 1)]
    this.hindered = 0
    return retryMs[this.failures++]
  }
}
