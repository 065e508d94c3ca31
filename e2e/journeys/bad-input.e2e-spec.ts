import { createHmac } from 'node:crypto'
import { publicApis } from '@mpics/contracts/catalogue'
import { Member, newPerson, registrationOf } from '@mpics/tools/people/member'
import { Operator } from '../driver/operator.js'
import { parts, sharedSystem } from '../driver/system.js'

const lists = publicApis.filter(({ query }) => 'cursor' in (query as unknown as { shape: object }).shape)
const base64 = (text: string) => Buffer.from(text).toString('base64url')

describe('bad input, through the gateway', () => {
  const running = sharedSystem()
  let member: Member
  let staff: Member
  const api = () => parts(running).api

  beforeAll(async () => {
    member = new Member(newPerson('mallory', 'Mallory Canary'), api(), parts(running).mailbox)
    staff = new Member(newPerson('staff', 'Staff Canary'), api(), parts(running).mailbox)
    await Promise.all([member.join(), staff.join()])
    const operator = new Operator(running)
    await operator.giveFactor(staff.accountId)
    await operator.order('grant-role', { account: staff.accountId, role: 'operator' })
    await staff.renew()
  })

  /** Past the types of the client, which allow nothing of this. */
  const refused = async (method: string, path: string, body?: object, token?: string) => {
    const answer = await api().send({ method, path, token, body: body && JSON.stringify(body) })
    return { ...answer, code: (answer.body as { code?: string }).code }
  }

  const registration = async (changes: Record<string, unknown>) => {
    const body = { ...(await registrationOf(api(), newPerson('new', 'New Person'))), ...changes }
    return refused('POST', '/v1/accounts', body)
  }

  const upload = (bytes: Buffer | string, name: string) => {
    const form = new FormData()
    form.set('file', new Blob([bytes]), name)
    return member.api.send({ method: 'POST', path: '/v1/photos', body: form })
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
    expect({ status: answer.status, code: answer.code, type: answer.headers.get('content-type') }).toEqual({
      status,
      code,
      type: expect.stringContaining('application/problem+json'),
    })
  })

  it('a taken handle', async () => {
    const answer = await registration({ handle: member.person.handle.toUpperCase() })
    expect([answer.status, answer.code]).toEqual([409, 'identity.handle-taken'])
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
    const password = 'not the password at all'
    const wrong = await refused('POST', '/v1/sessions', { login: member.person.handle, password })
    const unknown = await refused('POST', '/v1/sessions', { login: 'nobody_at_all', password })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(wrong.code).toBe(unknown.code)
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
    for (const token of forged) expect((await refused('GET', '/v1/me', undefined, token)).status).toBe(401)
  })

  it.each([
    ['a text file called .jpg', Buffer.from('this is no picture\n'.repeat(50)), 'holiday.jpg'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'drawing.svg'],
    ['nothing', Buffer.alloc(0), 'empty.jpg'],
  ])('an upload of %s is refused at once', async (_, bytes, name) => {
    const answer = await upload(bytes, name)
    expect([415, 422]).toContain(answer.status)
    expect((answer.body as { code: string }).code).toMatch(/^media\./)
  })

  it.each(lists.map((api) => [api.name, api] as const))('%s refuses a cursor that it did not make', async (_, api) => {
    const path = api.path.replace('{handle}', member.person.handle)
    const { accessToken } = typeof api.access === 'object' && 'roles' in api.access ? staff : member
    const forged = [
      base64('["abc","01a22029-b06b-7761-bd2a-b64fe6a1546b"]'),
      base64('[[1],"01a22029-b06b-7761-bd2a-b64fe6a1546b"]'),
      base64('[1]'),
      'nonsense',
      'A'.repeat(600),
    ]
    const answers = await Promise.all(
      forged.map((cursor) => refused('GET', `${path}?cursor=${cursor}`, undefined, accessToken)),
    )
    expect(answers.map(({ status, code }) => [status, code])).toEqual(forged.map(() => [422, 'cursor-invalid']))
  })

  it('a flood of forged cursors takes no page away from others', async () => {
    const cursor = base64('["abc","01a22029-b06b-7761-bd2a-b64fe6a1546b"]')
    const pages = ['/explore', '/v1/explore/photos', `/v1/profiles/${member.person.handle}/followers`]
    const flood = Array.from({ length: 20 }, () => pages.map((page) => refused('GET', `${page}?cursor=${cursor}`)))
    const statuses = await Promise.all(flood.flat().map(async (answer) => (await answer).status))
    expect(new Set(statuses)).toEqual(new Set([422]))
    for (const page of pages) expect((await refused('GET', page)).status).toBe(200)
  })

  it('internal paths do not exist for the public', async () => {
    const accountIds = [member.accountId]
    const answers = [
      await refused('POST', '/internal/mail-recipients', { accountIds }, member.accessToken),
      await refused('GET', '/v1/../internal/registrations/x'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
  })
})
