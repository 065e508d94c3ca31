import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { scrub, withoutValues } from '../logging/scrub.js'

/** Paths and queries hold tokens and handles, addresses and user agents belong to people. Routes stay as templates. */
const PERSONAL =
  /^(url\.(path|query|full)|http\.(url|target|client_ip|user_agent)|client\.|network\.peer\.|net\.peer\.|user_agent\.)/

/** Removes personal input and traces of persons from finished spans. */
export class RedactingExporter implements SpanExporter {
  constructor(private readonly inner: SpanExporter) {}

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    spans.forEach(redact)
    this.inner.export(spans, done)
  }

  async shutdown(): Promise<void> {
    await this.inner.shutdown()
  }

  async forceFlush(): Promise<void> {
    await this.inner.forceFlush?.()
  }
}

function redact(span: ReadableSpan): void {
  redactAttributes(span.attributes)
  for (const event of span.events) if (event.attributes) redactAttributes(event.attributes)
  if (span.status.message) span.status.message = withoutValues(scrub(span.status.message))
}

function redactAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (PERSONAL.test(name)) delete attributes[name]
    else if (typeof value === 'string') attributes[name] = withoutValues(scrub(value))
}
