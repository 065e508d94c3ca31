import type { ApiDefinition } from '@mpics/contracts'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { currentTimeLeftMs } from '../logging/request-context.js'
import { UnavailableError } from '../problems/general.errors.js'

/** A caller tells with it how many milliseconds it will wait for the answer. */
export const TIME_BUDGET_HEADER = 'x-time-budget-ms'

/** A read is safe to repeat, so callers give it up early. */
const READ_MS = 2_000
/** Whether a change happened only its service knows, so callers wait longer than any service takes. */
export const CHANGE_MS = 30_000
/** The answer needs part of the caller's time for its way back. */
const MARGIN = 0.1
const MAX_MS = 10 * MINUTE_MS

/** Tells apart what changes something for a person. Calls between services are safe to repeat, whatever their method. */
export const isChange = (api: ApiDefinition): boolean =>
  api.method !== 'GET' && !(typeof api.access === 'object' && 'services' in api.access)

/** A caller waits so long for a call: no longer than whoever waits for this one. Throws if nobody waits any more. */
export function waitFor(api: ApiDefinition): number {
  const left = currentTimeLeftMs() ?? Infinity
  if (left === 0) throw new UnavailableError()
  return Math.ceil(Math.min(left, limitOf(api)))
}

const limitOf = (api: ApiDefinition): number => (isChange(api) ? CHANGE_MS : READ_MS)

/** A caller that was nearly out of time says nothing about the service; each caller in between takes a margin. */
export const isFairWait = (api: ApiDefinition, waitMs: number): boolean => waitMs >= limitOf(api) / 2

export const timeBudget = (waitMs: number): Record<typeof TIME_BUDGET_HEADER, string> => ({
  [TIME_BUDGET_HEADER]: String(Math.floor(waitMs * (1 - MARGIN))),
})

/** The moment until which the caller waits, by `performance.now()`. */
export function deadlineOf(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string' || !/^\d{1,9}$/.test(header)) return undefined
  return performance.now() + Math.min(Number(header), MAX_MS)
}
