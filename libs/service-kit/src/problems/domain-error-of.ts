import { DomainError } from '@mpics/contracts'
import { ConcurrentChangeError, isMongoOutage } from '@mpics/mongo'
import { HttpException } from '@nestjs/common'
import {
  BodyMalformedError,
  ForbiddenError,
  NotFoundError,
  RateLimitedError,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from './general.errors.js'

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
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode
  return typeof status === 'number' && status >= 400 && status < 500 ? ofStatus(status) : undefined
}

function ofStatus(status: number): DomainError {
  if (status === 401) return new UnauthenticatedError()
  if (status === 403) return new ForbiddenError()
  if (status === 404 || status === 405) return new NotFoundError()
  if (status === 413) return new TooLargeError()
  if (status === 415) return new UnsupportedMediaTypeError()
  if (status === 429) return new RateLimitedError(1)
  return new BodyMalformedError('The request cannot be read: its address or body is not well-formed.')
}
