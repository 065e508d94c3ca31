import { DomainError } from '@mpics/contracts'
import { ConcurrentChangeError, isMongoOutage } from '@mpics/mongo'
import { HttpException } from '@nestjs/common'
import {
  BodyMalformedError,
  ForbiddenError,
  NotFoundError,
  PreconditionFailedError,
  RateLimitedError,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from './general.errors.js'
import { AddressTooLongError, HeadersTooLargeError } from './request.errors.js'

const UNAVAILABLE = 503

class ChangedMeanwhileError extends DomainError {
  readonly code = 'changed-meanwhile'
  readonly kind = 'conflict'
}

/** Translates an error of the framework, the parser or the database for the client; undefined: a fault of ours. */
export function domainErrorOf(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error
  if (error instanceof ConcurrentChangeError)
    return new ChangedMeanwhileError('Others changed it at the same moment; read it again and repeat the change.')
  if (error instanceof Error && isMongoOutage(error)) return new UnavailableError()
  const status = statusOf(error)
  if (status === UNAVAILABLE) return new UnavailableError()
  return typeof status === 'number' && status >= 400 && status < 500 ? ofStatus(status) : undefined
}

/** Also of what a client is told to try again, when it is no outage that something else tells of. */
export const isFault = (error: unknown): boolean =>
  !domainErrorOf(error) || (!(error instanceof DomainError) && statusOf(error) === UNAVAILABLE)

const statusOf = (error: unknown): unknown =>
  error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode

function ofStatus(status: number): DomainError {
  if (status === 401) return new UnauthenticatedError()
  if (status === 403) return new ForbiddenError()
  if (status === 404 || status === 405) return new NotFoundError()
  if (status === 412) return new PreconditionFailedError()
  if (status === 413) return new TooLargeError()
  if (status === 414) return new AddressTooLongError()
  if (status === 415) return new UnsupportedMediaTypeError()
  if (status === 429) return new RateLimitedError(1)
  if (status === 431) return new HeadersTooLargeError()
  return new BodyMalformedError('The request cannot be read: its address or body is not well-formed.')
}
