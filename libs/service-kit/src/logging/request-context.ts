import { AsyncLocalStorage } from 'node:async_hooks'

export interface RequestContext {
  readonly id: string
  /** The id for the thing that the request makes. */
  idForRequest?: string
  /** The caller waits until then, by `performance.now()`. */
  deadline?: number
}

const requests = new AsyncLocalStorage<RequestContext>()

/** Runs code as part of a request; reads `request.id` late, because the gateway may replace it. */
export const withinRequest = <T>(request: RequestContext, run: () => T): T => requests.run(request, run)

export const currentRequestId = (): string | undefined => requests.getStore()?.id

export function currentTimeLeftMs(): number | undefined {
  const deadline = requests.getStore()?.deadline
  return deadline === undefined ? undefined : Math.max(0, deadline - performance.now())
}

export const currentIdForRequest = (): string | undefined => requests.getStore()?.idForRequest
