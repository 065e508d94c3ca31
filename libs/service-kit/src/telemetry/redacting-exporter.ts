import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { scrub, withoutValues } from '../logging/scrub.js'
import { isStated, UNSTATED } from './trace-holding.js'

/** The instrumentation always says these. Paths and queries hold tokens and handles, addresses and user agents belong to people. Routes stay as templates. */
const PERSONAL =
  /^(url\.(path|query|full)|http\.(url|target|client_ip|user_agent)|client\.|network\.peer\.|net\.peer\.|user_agent\.)/

/** Removes from finished spans what nobody stated, and what looks like a person from the rest. */
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
  for (const { attributes } of [...span.events, ...span.links]) if (attributes) redactAttributes(attributes)
  if (span.status.message) span.status.message = withoutValues(scrub(span.status.message))
}

function redactAttributes(attributes: Attributes): void {
  const unstated: string[] = []
  for (const [name, value] of Object.entries(attributes))
    if (!isStated(name)) {
      delete attributes[name]
      if (!PERSONAL.test(name)) unstated.push(name)
    } else if (typeof value === 'string') attributes[name] = withoutValues(scrub(value))
  if (unstated.length > 0) attributes[UNSTATED] = unstated.join(' ')
}
