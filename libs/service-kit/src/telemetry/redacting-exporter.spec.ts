import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { RedactingExporter } from './redacting-exporter.js'

const exported = (span: object): string => {
  const inner = { export: (_: ReadableSpan[], done: () => void) => done() } as unknown as SpanExporter
  new RedactingExporter(inner).export([span as ReadableSpan], () => undefined)
  return JSON.stringify(span)
}

const span = (attributes: object, more: object = {}) => ({ attributes, events: [], links: [], status: {}, ...more })

describe('spans that leave a service', () => {
  it('B03.1 have no attribute that nobody stated, and name those that were left out', () => {
    const said = { 'http.route': '/v1/me', 'user.nickname': 'canary', 'db.query.text': 'for canary@people.example' }
    const sent = exported(span(said))
    expect(sent).not.toContain('canary')
    expect(JSON.parse(sent)).toMatchObject({
      attributes: { 'http.route': '/v1/me', 'db.query.text': 'for [address]', 'mpics.unstated': 'user.nickname' },
    })
  })

  it('say nothing of a caller in their events and links either', () => {
    const inside = { events: [{ attributes: { note: 'canary' } }], links: [{ attributes: { 'url.path': '/canary' } }] }
    expect(exported(span({ 'url.query': 'token=canary', 'client.address': 'canary' }, inside))).not.toContain('canary')
  })
})
