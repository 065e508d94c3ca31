import type { ServiceName } from '@mpics/contracts'

/** A service answered with a fault of its own. */
export class ServiceFault extends Error {
  constructor(service: ServiceName, call: string, status: number) {
    super(`${service} answered ${call} with ${status}`)
    this.name = 'ServiceFault'
  }
}

/** The HTTP client refuses to send, or was told to stop: the service never saw the request. */
const NOT_SENT = /^UND_ERR_(INVALID_ARG|ABORTED|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/

/** Only connections that fail, time-outs and 5xx say that a service is away; nothing else counts for a breaker. */
export function isOutage(error: unknown): boolean {
  if (error instanceof ServiceFault) return true
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown }
  return name === 'TimeoutError' || (typeof code === 'string' && !NOT_SENT.test(code))
}
