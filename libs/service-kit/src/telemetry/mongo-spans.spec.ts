import type { Attributes } from '@opentelemetry/api'
import type { Span } from '@opentelemetry/sdk-trace-base'
import { ROOT_CONTEXT } from '@opentelemetry/api'
import { namesCollections, statementOf } from './mongo-spans.js'

/** As the instrumentation starts it. */
function started(collection: string, command: Record<string, unknown>) {
  const [operation] = Object.keys(command)
  const attributes: Attributes = { 'db.collection.name': collection, 'db.query.text': statementOf(command) }
  const span = { name: `${operation} ${collection}`, attributes }
  const acts = {
    setAttribute: (name: string, value: string) => (attributes[name] = value),
    updateName: (name: string) => (span.name = name),
  }
  namesCollections.onStart(Object.assign(span, acts) as unknown as Span, ROOT_CONTEXT)
  return { name: span.name, collection: attributes['db.collection.name'], text: attributes['db.query.text'] }
}

describe('the span of a command of MongoDB', () => {
  it.each([
    ['find', { filter: { email: 'canary' }, limit: 1 }, '{"find":"accounts","filter":{"email":"?"},"limit":"?"}'],
    ['aggregate', { pipeline: [{ $match: { _id: 'canary' } }], cursor: {} }, '{"aggregate":"accounts",'],
    [
      'findAndModify',
      { query: { _id: 'canary' }, update: [{ $set: { name: 'canary', at: new Date() } }] },
      '{"findAndModify":"accounts","query":{"_id":"?"},"update":[{"$set":{"name":"?","at":"?"}}]}',
    ],
  ])('that is one command, %s, has its collection and no value', (operation, rest, text) => {
    const span = started('$cmd', { [operation]: 'accounts', ...rest })
    expect(span).toMatchObject({ name: `${operation} accounts`, collection: 'accounts' })
    expect(span.text).toContain(text)
    expect(span.text).not.toContain('canary')
  })

  it('that has its collection keeps it, and another command has none', () => {
    expect(started('photos', { find: 'photos', filter: {} })).toMatchObject({ name: 'find photos' })
    expect(started('$cmd', { ping: 1 })).toMatchObject({ name: 'ping $cmd', collection: '$cmd', text: '{"ping":"?"}' })
  })

  it('tells nothing of a document that is inserted, whatever its fields are called', () => {
    for (const first of ['find', 'aggregate', 'findAndModify', '_id'])
      expect(started('notes', { [first]: 'canary', text: 'canary' }).text).toBe(`{"${first}":"?","text":"?"}`)
  })
})
