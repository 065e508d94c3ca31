import { AsyncLocalStorage } from 'node:async_hooks'

const requestIds = new AsyncLocalStorage<{ readonly id: string }>()

/** Runs what follows as part of a request; `request.id` is read late, for it may be replaced by the gateway's. */
export const withinRequest = <T>(request: { readonly id: string }, run: () => T): T => requestIds.run(request, run)

/** The id of the request being served, if any. */
export const currentRequestId = (): string | undefined => requestIds.getStore()?.id
