import type { ServiceName } from '@mpics/contracts'
import { UnavailableError } from '../problems/general.errors.js'

/** Another service refused: `code` and `status` are those of its problem document. */
export class PeerError extends Error {
  constructor(
    readonly service: ServiceName,
    readonly call: string,
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${service} refused ${call}: ${status} ${code}: ${detail}`)
    this.name = 'PeerError'
  }

  /** A refusal that nobody expected concerns what the caller sent, unless it says that this service may not call. */
  get statusCode(): number | undefined {
    return this.status === 403 ? undefined : this.status
  }
}

/** Another service did not answer in time, or at all. */
export class PeerUnavailableError extends UnavailableError {
  constructor(
    readonly service: ServiceName,
    readonly call: string,
    override readonly cause?: unknown,
  ) {
    super(`The service ${service} does not answer; try again in a moment.`)
  }
}

/** Another service refuses this one's token: a clock is wrong, or keys are being changed. No request is to blame. */
export class PeerDistrustError extends UnavailableError {
  constructor(
    readonly service: ServiceName,
    readonly call: string,
  ) {
    super(`The service ${service} does not accept our token; try again when clocks and keys are right.`)
  }
}
