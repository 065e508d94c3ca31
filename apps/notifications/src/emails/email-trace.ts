import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import type { Email } from './email.js'

const tracer = trace.getTracer('@mpics/notifications')

/** The trace that is being followed, to be kept with a mail that is sent later. */
export function currentTraceparent(): string | null {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier['traceparent'] ?? null
}

/** Sends a mail as a part of the trace that its event came from: from the request to the mail is one trace. */
export function inTraceOf<T>(email: Email, run: () => Promise<T>): Promise<T> {
  if (!email.traceparent) return run()
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent: email.traceparent })
  const attributes = { 'mail.id': email.id, 'mail.kind': email.kind, 'mail.attempt': email.attempts }
  return tracer.startActiveSpan('deliver mail', { kind: SpanKind.CLIENT, attributes }, parent, (span) =>
    run().finally(() => span.end()),
  )
}
