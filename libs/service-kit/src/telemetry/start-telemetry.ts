import type { IncomingMessage } from 'node:http'
import { register } from 'node:module'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb'
import { NestInstrumentation } from '@opentelemetry/instrumentation-nestjs-core'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { NodeSDK } from '@opentelemetry/sdk-node'

/** What browsers request to be counted must not be joined with an account by a trace (B31); probes say nothing. */
const UNTRACED = /^\/(v1\/(page-views|traffic)|healthz|readyz|metrics)\b/
const HIDDEN = '[redacted]'
/** Paths and queries hold tokens and handles, addresses belong to people; the route template is set by the hooks of HTTP. */
const INCOMING = {
  'url.path': HIDDEN,
  'url.query': HIDDEN,
  'client.address': HIDDEN,
  'network.peer.address': HIDDEN,
  'user_agent.original': HIDDEN,
}
const OUTGOING = { 'url.path': HIDDEN, 'url.query': HIDDEN, 'url.full': HIDDEN }

/** Spans of HTTP, Nest, calls to other services and MongoDB, sent by OTLP as the standard OTEL_* variables say. */
export function startTelemetry(environment: NodeJS.ProcessEnv): void {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url)
  new NodeSDK({
    serviceName: environment['OTEL_SERVICE_NAME'] ?? ownName(environment['INTERNAL_PRIVATE_KEY']),
    autoDetectResources: false,
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: (request: IncomingMessage) => UNTRACED.test(request.url ?? ''),
        startIncomingSpanHook: () => INCOMING,
        startOutgoingSpanHook: () => OUTGOING,
        requireParentforOutgoingSpans: true,
      }),
      new UndiciInstrumentation({ requireParentforSpans: true, startSpanHook: () => OUTGOING }),
      new NestInstrumentation(),
      new MongoDBInstrumentation({ requireParentSpan: true }),
    ],
  }).start()
}

/** The private key's `kid` is the service's name. */
function ownName(privateKey = '{}'): string {
  try {
    return (JSON.parse(privateKey) as { kid?: string }).kid ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
