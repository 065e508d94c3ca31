import { randomUUID } from 'node:crypto'
import { type TestService, testService } from '../src/index.js'
import { ProfilesConfig, TinyModule } from './tiny/tiny.module.js'

describe('problems', () => {
  let service: TestService
  const member = randomUUID()
  beforeAll(async () => (service = await testService(TinyModule, ProfilesConfig)))
  afterAll(() => service.stop())

  const post = () => service.as(member).post('/v1/notes')

  it('answers input that breaks the definition with one problem that names every field', async () => {
    const { status, body, headers } = await post().send({ text: 'x'.repeat(101), kind: 'odd', admin: true })
    expect(status).toBe(422)
    expect(headers['content-type']).toContain('application/problem+json')
    expect(body).toMatchObject({
      type: 'urn:mpics:problem:input-invalid',
      title: 'Input invalid',
      status: 422,
      code: 'input-invalid',
      instance: `urn:uuid:${headers['x-request-id']}`,
    })
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort()).toEqual([
      'admin unknown-field',
      'kind invalid',
      'text too-long',
    ])
  })

  it.each([
    ['a missing field', { kind: 'plain' }, 'text required'],
    ['a wrong type', { text: { $ne: '' } }, 'text invalid'],
    ['an empty text', { text: '' }, 'text too-short'],
  ])('names the code of %s', async (_, sent, expected) => {
    const { status, body } = await post().send(sent)
    expect([status, `${body.errors[0].path} ${body.errors[0].code}`]).toEqual([422, expected])
  })

  it.each([
    ['broken JSON', '{"text":', 'application/json', 400, 'body-malformed'],
    ['an empty body', '', 'application/json', 400, 'body-malformed'],
    ['a poisoned prototype', '{"text":"a","__proto__":{"x":1}}', 'application/json', 400, 'body-malformed'],
    ['a body that is too large', `{"text":"${'x'.repeat(300_000)}"}`, 'application/json', 413, 'too-large'],
    ['a form', 'text=hello', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['plain text', 'hello', 'text/plain', 415, 'unsupported-media-type'],
    ['XML', '<text/>', 'application/xml', 415, 'unsupported-media-type'],
  ])('refuses %s', async (_, sent, type, status, code) => {
    const answer = await post().set('content-type', type).send(sent)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  const sent = (body: Buffer, type = 'application/json') =>
    post()
      .set('content-type', type)
      .serialize((one: unknown) => one as string)
      .send(body)

  it.each([
    ['bytes that are no UTF-8', Buffer.from('{"text":"\u00fc"}', 'latin1'), 400, 'body-malformed'],
    ['half a character', Buffer.from('{"text":"\\ud83d"}'), 422, 'input-invalid'],
    ['half a character in a name', Buffer.from('{"text":"a","\\ude00":1}'), 422, 'input-invalid'],
  ])('refuses %s, which nobody could keep', async (_, body, status, code) => {
    const answer = await sent(body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('names the field with half a character, and keeps a whole one', async () => {
    expect((await sent(Buffer.from('{"text":"\\ud83d"}'))).body.errors).toEqual([
      { path: 'text', code: 'not-well-formed', message: expect.any(String) },
    ])
    const { status, body } = await sent(Buffer.from('{"text":"\\ud83d\\ude00"}'))
    expect([status, body.text]).toEqual([201, '\u{1f600}'])
  })

  it('refuses a query whose escapes are no UTF-8', async () => {
    const answer = await service.as(member).get(`/v1/notes/${randomUUID()}?length=%FC`)
    expect([answer.status, answer.body.code]).toEqual([400, 'body-malformed'])
  })

  it('changes nothing under a condition that nobody looks at (RFC 9110 §13)', async () => {
    for (const name of ['if-match', 'if-none-match']) {
      const answer = await post().set(name, '"1"').send({ text: 'conditional' })
      expect([name, answer.status, answer.body.code]).toEqual([name, 412, 'precondition-failed'])
    }
    expect((await post().set('if-match', '*').send({ text: 'any' })).status).toBe(201)
  })

  it('refuses a request without a body where one is needed', async () => {
    const answer = await post()
    expect([answer.status, answer.body.code]).toEqual([400, 'body-malformed'])
  })

  it('answers a domain error with its code, status and further members', async () => {
    const { status, body } = await post().send({ text: 'one too many' })
    expect([status, body.code, body.most, body.detail]).toEqual([
      409,
      'profiles.notes-full',
      3,
      'There is room for 3 notes; delete one first.',
    ])
  })

  it('says nothing of the cause of a fault of its own', async () => {
    const { status, body } = await post().send({ text: 'secret cause', kind: 'broken' })
    expect([status, body.code, body.detail]).toEqual([500, 'internal', undefined])
    expect(JSON.stringify(body)).not.toContain('secret')
  })

  it.each([
    ['an unknown route', '/v1/nothing', 404, 'not-found'],
    ['an id that is none', '/v1/notes/1', 422, 'input-invalid'],
    ['a bad escape', '/v1/notes/%ZZ', 404, 'not-found'],
    ['a repeated query parameter', `/v1/notes/${randomUUID()}?length=1&length=2`, 422, 'input-invalid'],
  ])('answers %s with a problem', async (_, path, status, code) => {
    const answer = await service.as().get(path)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('gives JSON that is read an ETag, and 304 to who has it', async () => {
    const path = `/v1/notes/${randomUUID()}`
    const first = await service.as().get(path)
    expect(first.headers['etag']).toMatch(/^W\/"/)
    const second = await service.as().get(path).set('If-None-Match', first.headers['etag']!)
    expect([second.status, second.text]).toEqual([304, ''])
    const other = await service.as().get(path).set('If-None-Match', 'W/"other"')
    expect(other.status).toBe(200)
  })

  it('keeps what a member reads out of every cache', async () => {
    const path = `/v1/notes/${randomUUID()}`
    expect((await service.as(member).get(path)).headers['cache-control']).toBe('private, no-store')
    expect((await service.as().get(path)).headers['cache-control']).toBeUndefined()
  })
})
