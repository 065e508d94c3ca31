import { createHmac } from 'node:crypto'
import { Member, newPerson } from '@mpics/tools/people/member'
import { parts, system } from '../driver/system.js'

describe('bad input, through the gateway', () => {
  const running = system()
  let member: Member
  const api = () => parts(running).api

  beforeAll(async () => {
    member = new Member(newPerson('mallory', 'Mallory Canary'), api(), parts(running).mailbox)
    await member.join()
  })

  const registration = async (changes: Record<string, unknown>) => {
    const { items } = (await api().get('/v1/policies')).body
    const version = (document: string) => items.find((p: { document: string }) => p.document === document).version
    const body = {
      ...newPerson('new', 'New Person'),
      birthDate: '1990-05-17',
      accepted: { terms: version('terms'), privacy: version('privacy') },
      ...changes,
    }
    return api().post('/v1/accounts', body, { expect: [201, 400, 403, 409, 413, 422] })
  }

  const upload = (bytes: Buffer | string, name: string) => {
    const form = new FormData()
    form.set('file', new Blob([bytes]), name)
    return api().call('POST', '/v1/photos', { token: member.accessToken, form, expect: [202, 400, 413, 415, 422] })
  }

  it.each([
    ['an unknown field', { admin: true }, 422, 'input-invalid'],
    ['a wrong type', { handle: 7 }, 422, 'input-invalid'],
    ['an operator for a string', { email: { $gt: '' } }, 422, 'input-invalid'],
    ['an over-long name', { fullName: 'x'.repeat(5_000) }, 422, 'input-invalid'],
    [
      'a 12-year-old',
      { birthDate: new Date(Date.now() - 12 * 365 * 86_400_000).toISOString().slice(0, 10) },
      403,
      'identity.under-age',
    ],
    ['old policies', { accepted: { terms: '1999-01-01', privacy: '1999-01-01' } }, 409, 'identity.policy-outdated'],
  ])('registration with %s', async (_, changes, status, code) => {
    const answer = await registration(changes)
    expect({ status: answer.status, code: answer.body.code, type: answer.headers.get('content-type') }).toEqual({
      status,
      code,
      type: expect.stringContaining('application/problem+json'),
    })
  })

  it('a taken handle', async () => {
    const answer = await registration({ handle: member.person.handle.toUpperCase() })
    expect([answer.status, answer.body.code]).toEqual([409, 'identity.handle-taken'])
  })

  it.each([
    ['broken JSON', '{"login": ', 400, 'body-malformed'],
    ['an empty body', '', 400, 'body-malformed'],
  ])('%s', async (_, text, status, code) => {
    const response = await fetch(new URL('/v1/sessions', api().url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code])
  })

  it('a wrong password is answered as an unknown login is', async () => {
    const wrong = await api().post(
      '/v1/sessions',
      { login: member.person.handle, password: 'not the password at all' },
      { expect: [401] },
    )
    const unknown = await api().post(
      '/v1/sessions',
      { login: 'nobody_at_all', password: 'not the password at all' },
      { expect: [401] },
    )
    expect(wrong.body.code).toBe(unknown.body.code)
  })

  it('tokens that are expired, forged, or of another service', async () => {
    const [header, payload] = member.accessToken.split('.') as [string, string]
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signature = member.accessToken.split('.')[2]!
    const hs256 = `${encode({ alg: 'HS256', typ: 'at+jwt' })}.${payload}`
    const forged = [
      `${header}.${encode({ ...claims, exp: claims.exp + 9_999 })}.${signature}`,
      `${encode({ alg: 'none' })}.${payload}.`,
      `${hs256}.${createHmac('sha256', 'secret').update(hs256).digest('base64url')}`,
      `${header}.${encode({ ...claims, aud: 'identity' })}.${signature}`,
      'not.a.token',
    ]
    for (const token of forged) expect((await api().get('/v1/me', { token, expect: [401] })).status).toBe(401)
  })

  it.each([
    ['a text file called .jpg', Buffer.from('this is no picture\n'.repeat(50)), 'holiday.jpg'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'drawing.svg'],
    ['nothing', Buffer.alloc(0), 'empty.jpg'],
  ])('an upload of %s is refused at once', async (_, bytes, name) => {
    const answer = await upload(bytes, name)
    expect([415, 422]).toContain(answer.status)
    expect(answer.body.code).toMatch(/^media\./)
  })

  it('internal paths do not exist for the public', async () => {
    await api().post(
      '/internal/mail-recipients',
      { accountIds: [member.accountId] },
      { expect: [404], token: member.accessToken },
    )
    await api().get('/v1/../internal/registrations/x', { expect: [404] })
  })
})
