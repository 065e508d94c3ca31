import { uuidv7 } from 'uuidv7'
import { schemaIdOf } from '@mpics/contracts/catalogue'
import { toRecord } from './record.js'
import { SCHEMA_ID_HEADER, schemaIdText } from './schema-id-header.js'

const time = '2026-01-31T12:34:56.789Z'
const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const recordOf = (type: string, id = uuidv7()) =>
  toRecord('identity', { id, type, subject: 'x', time, data: {}, seq: 1, trace })

describe('a record', () => {
  it.each([
    ['identity.account.registered.v1', time, undefined],
    ['traffic.page-view.recorded.v1', '2026-01-31T12:34:56Z', Date.UTC(2026, 0, 31, 12, 34, 56)],
    ['identity.session.revoked.v1', '2026-01-31T12:00:00Z', Date.UTC(2026, 0, 31, 12)],
    ['traffic.own-view.recorded.v1', '2026-01-31T00:00:00Z', Date.UTC(2026, 0, 31)],
  ])('B31 of %s says when as exactly as its topic may', (type, told, timestamp) => {
    const record = recordOf(type)
    expect(record.headers['ce_time']).toBe(told)
    expect(record.headers['traceparent']).toBe(timestamp === undefined ? trace : undefined)
    expect(record.timestamp).toBe(timestamp === undefined ? undefined : String(timestamp))
  })

  it('B31 that is not to say when has an id without a time, the same at each attempt', () => {
    const id = uuidv7()
    const idOf = (type: string, of = id) => String(recordOf(type, of).headers['ce_id'])
    expect(idOf('identity.account.registered.v1')).toBe(id)
    const published = idOf('identity.session.revoked.v1')
    expect(published).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(idOf('identity.session.revoked.v1')).toBe(published)
    expect(idOf('identity.session.revoked.v1', uuidv7())).not.toBe(published)
    expect(idOf('identity.session.revoked.v1', published)).toBe(published)
  })

  it('of a public topic names its schema in the bytes that deserialisers read; tombstones and other topics do not', () => {
    const headerOf = (type: string, data: unknown = {}) =>
      toRecord('x', { id: uuidv7(), type, subject: 'x', time, data }).headers[SCHEMA_ID_HEADER]
    const view = 'traffic.page-view.recorded.v1'
    const bytes = headerOf(view) as Buffer
    expect([bytes.length, bytes[0], schemaIdText(bytes)]).toEqual([17, 1, schemaIdOf(view)])
    expect(headerOf(view, null)).toBeUndefined()
    expect(headerOf('traffic.own-view.recorded.v1')).toBeUndefined()
    expect(headerOf('identity.account.registered.v1')).toBeUndefined()
  })

  it('names its schema by an absolute URI of the site, which SDKs of CloudEvents demand', () => {
    const schemaOf = (site?: string) => {
      const stamped = { id: uuidv7(), type: 'media.photo.removed.v1', subject: 'x', time, data: {} }
      return toRecord('media', stamped, site).headers['ce_dataschema']
    }
    expect(schemaOf('https://pictures.example')).toBe('https://pictures.example/schemas/media.photo.removed.v1.json')
    expect(schemaOf()).toBe('http://localhost:8080/schemas/media.photo.removed.v1.json')
  })

  it.each([undefined, null, '', 7])('without a subject is none, since it would lose its order: %p', (subject) => {
    const event = { id: uuidv7(), type: 'media.photo.removed.v1', time, data: {}, subject: subject as string }
    expect(() => toRecord('media', event)).toThrow('media.photo.removed.v1 names no subject')
  })
})
