import type { IncomingMessage } from 'node:http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb'
import { NestInstrumentation } from '@opentelemetry/instrumentation-nestjs-core'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { NodeSDK, resources } from '@opentelemetry/sdk-node'
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { register } from 'import-in-the-middle/register-hooks.mjs'
import { namesCollections, statementOf } from './mongo-spans.js'
import { RedactingExporter } from './redacting-exporter.js'
import { runningInstance, serviceOf } from './running-instance.js'

/** A trace must not join a counted page view with an account (B31); probes say nothing. */
const UNTRACED = /^\/(v1\/(page-views|traffic)|healthz|readyz|metrics)\b/

/** What is instrumented; other modules are loaded as they are, or a start would take twice as long. */
const HOOKED = ['http', 'https', /\/node_modules\/(@nestjs\/core|mongodb)\//]

/** A client could tie requests together, or have all of its own recorded: at the edge a trace begins. */
function forgetStrangersTrace({ headers }: IncomingMessage): void {
  for (const name of ['traceparent', 'tracestate', 'baggage']) delete headers[name]
}

/** Sends spans of HTTP, Nest, calls to other services and MongoDB by OTLP, as the standard OTEL_* variables say. */
export function startTelemetry(environment: NodeJS.ProcessEnv): void {
  register({ include: HOOKED })
  const name = serviceOf(environment['INTERNAL_PRIVATE_KEY'])
  new NodeSDK({
    serviceName: environment['OTEL_SERVICE_NAME'] ?? name,
    resource: resources.defaultResource().merge(resources.resourceFromAttributes(runningInstance())),
    autoDetectResources: false,
    spanProcessors: [namesCollections, new BatchSpanProcessor(new RedactingExporter(new OTLPTraceExporter()))],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: (request: IncomingMessage) => {
          if (name === 'gateway') forgetStrangersTrace(request)
          return UNTRACED.test(request.url ?? '')
        },
        requireParentforOutgoingSpans: true,
      }),
      new UndiciInstrumentation({ requireParentforSpans: true }),
      new NestInstrumentation(),
      new MongoDBInstrumentation({ requireParentSpan: true, dbStatementSerializer: statementOf }),
    ],
  }).start()
}
