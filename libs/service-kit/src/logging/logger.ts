import { isSpanContextValid, trace } from '@opentelemetry/api'
import pino, { type DestinationStream, type Logger } from 'pino'
import { currentRequestId } from './request-context.js'
import { describeError } from './describe-error.js'
import { statedMembers } from './log-holding.js'
import { lumpedOutput } from './lumped-output.js'
import { scrub } from './scrub.js'

export type { Logger } from 'pino'

/** The log never shows the values of these members, at any of four depths. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'email',
  'newEmail',
  'login',
  'fullName',
  'handle',
  'birthDate',
  'key',
  'privateKey',
  'ip',
  'remoteAddress',
]
const redacted = SECRET_NAMES.flatMap((name) => ['', '*', '*.*', '*.*.*'].map((prefix) => `${prefix}["${name}"]`))

/** Writes JSON lines to stdout with the ids of trace and request, without anything about a person. */
export function createLogger(service: string, level: string, destination: DestinationStream = lumpedOutput(1)): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: statedMembers },
      serializers: { err: describeError },
      redact: { paths: redacted, censor: '[redacted]' },
      hooks: { streamWrite: scrub },
      mixin: currentIds,
    },
    destination,
  )
}

function currentIds(): object {
  const span = trace.getActiveSpan()?.spanContext()
  const requestId = currentRequestId()
  return { ...(requestId && { requestId }), ...(span && isSpanContextValid(span) && { traceId: span.traceId }) }
}
