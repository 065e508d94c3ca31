import { type ProxyTracerProvider, trace } from '@opentelemetry/api'

/** Sends the remaining spans; does nothing while telemetry is off. */
export async function flushTraces(): Promise<void> {
  const provider = (trace.getTracerProvider() as ProxyTracerProvider).getDelegate() as {
    forceFlush?: () => Promise<void>
  }
  await provider.forceFlush?.()
}
