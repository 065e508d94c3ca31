import type { ApiDefinition, ServiceName } from '@mpics/contracts'
import { UnavailableError } from '../problems/general.errors.js'

/** The parser of HTTP refuses what somebody sent to be passed on, and knows no codes. */
const TOO_LONG: ReadonlySet<number> = new Set([413, 414, 431])

/** As far as anybody looks at it here; other members may follow (RFC 9457 §3.2). */
export type PeerProblem = { readonly code?: string; readonly detail?: string } & Readonly<Record<string, unknown>>

/** Another service refused: `code` and `status` are those of its problem document. */
export class PeerError extends Error {
  readonly service: ServiceName
  readonly call: string
  /** What a client is told when nobody handles this: a refusal that the call does not announce is a fault of ours. */
  readonly statusCode: number

  constructor(
    { service, name, problems }: Pick<ApiDefinition, 'service' | 'name' | 'problems'>,
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly problem: PeerProblem = {},
  ) {
    super(`${service} refused ${name}: ${status} ${code}: ${detail}`)
    this.name = 'PeerError'
    this.service = service
    this.call = name
    this.statusCode = problems.includes(code) || TOO_LONG.has(status) ? status : 503
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
