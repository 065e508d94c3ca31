// Preloaded with `node --import @mpics/service-kit/telemetry`, before anything that it instruments.
import { register } from 'node:module'

/** Page views leave no trace, so that no trace id can lead from a browser to an account (B31). */
const UNTRACED = /^\/(v1\/page-views|healthz|readyz|metrics)/

const nameOf = (key: string | undefined): string => {
  try {
    return (JSON.parse(key ?? '') as { kid: string }).kid
  } catch {
    return 'million-pictures'
  }
}

async function startTelemetry(): Promise<void> {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url)
  const [
    { NodeSDK },
    { HttpInstrumentation },
    { UndiciInstrumentation },
    { NestInstrumentation },
    { MongoDBInstrumentation },
  ] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-undici'),
    import('@opentelemetry/instrumentation-nestjs-core'),
    import('@opentelemetry/instrumentation-mongodb'),
  ])
  const sdk = new NodeSDK({
    serviceName: process.env['OTEL_SERVICE_NAME'] ?? nameOf(process.env['INTERNAL_PRIVATE_KEY']),
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => UNTRACED.test(url ?? '') }),
      new UndiciInstrumentation(),
      new NestInstrumentation(),
      new MongoDBInstrumentation({ enhancedDatabaseReporting: false }),
    ],
  })
  sdk.start()
  process.once('beforeExit', () => void sdk.shutdown())
}

if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) await startTelemetry()
