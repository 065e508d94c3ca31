import type { Envelope } from '@mpics/contracts'
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('@mpics/eventing')

/** Runs a reaction within the trace of its event. */
export async function traced(name: string, envelope: Envelope, run: () => Promise<void>): Promise<void> {
  if (!envelope.traceparent) return run()
  const parent = propagation.extract(context.active(), { traceparent: envelope.traceparent })
  const attributes = {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'process',
    'messaging.message.id': envelope.id,
    'event.type': envelope.type,
  }
  return tracer.startActiveSpan(name, { kind: SpanKind.CONSUMER, attributes }, parent, (span) => ending(span, run))
}

async function ending(span: Span, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name })
    throw error
  } finally {
    span.end()
  }
}
