import { AsyncLocalStorage } from 'node:async_hooks'

export interface RequestContext {
  readonly id: string
  /** The id that what the request makes is to have. */
  idForRequest?: string
}

const requests = new AsyncLocalStorage<RequestContext>()

/** Runs what follows as part of a request; `request.id` is read late, for it may be replaced by the gateway's. */
export const withinRequest = <T>(request: RequestContext, run: () => T): T => requests.run(request, run)

/** The id of the request being served, if any. */
export const currentRequestId = (): string | undefined => requests.getStore()?.id

export const currentIdForRequest = (): string | undefined => requests.getStore()?.idForRequest
