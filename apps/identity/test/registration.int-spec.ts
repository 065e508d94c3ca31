import { identity } from '@mpics/contracts'
import { ServiceHarness } from './setup/service-harness.js'
import { linkFor, policiesInForce, register, registration, verified } from './setup/people.js'

describe('registration', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  const post = (form: object, headers = {}) => harness.anybody.post('/v1/accounts', form, headers)

  it('keeps the account, answers with its id, and tells of it by ids alone', async () => {
    const form = registration({ fullName: 'Grace Canary Hopper' })
    const { status, body } = await post(form)
    expect({ status, body }).toEqual({
      status: 201,
      body: { id: expect.any(String), handle: form.handle, status: 'unverified' },
    })
    const [registered] = await harness.told(identity.accountRegistered, body.id)
    const [requested] = await harness.told(identity.verificationRequested, body.id)
    expect(registered?.data).toEqual({ accountId: body.id, locale: 'en', registeredAt: expect.any(String) })
    expect(registered?.sequence).toBe(1)
    expect(requested?.sequence).toBe(2)
    const records = (await harness.service.records('identity.account')).map((r) => JSON.stringify(r))
    for (const canary of [form.email, form.handle, 'Canary', form.password])
      expect(records.join()).not.toContain(canary)
  })

  it('B07.1 asks for the required minimum and no more', async () => {
    const minimum = registration()
    expect((await post(minimum)).status).toBe(201)
    for (const field of Object.keys(minimum))
      expect({ field, status: (await post(registration({ [field]: undefined }))).status }).toEqual({
        field,
        status: 422,
      })
  })

  it('B48.1 B48.2 B48.3 keeps the password nowhere but as an Argon2id hash', async () => {
    const person = await verified(harness, { password: 'canary password 4711' })
    await harness.anybody.post('/v1/sessions', { login: person.handle, password: 'canary password 4711' })
    await harness.anybody.post('/v1/sessions', { login: person.handle, password: 'canary password 4712' })
    await post(registration({ password: 'canary password 4713', handle: 'x' }))
    const everything = await harness.everything()
    expect(everything).toContain(person.id)
    expect(everything).not.toMatch(/canary password/)
    const stored = await harness.collection('accounts').findOne({ _id: person.id })
    expect(stored?.['passwordHash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  describe('of somebody under 13', () => {
    const child = {
      ...registration({ email: 'child.canary@example.org', handle: 'childcanary' }),
      birthDate: '2020-06-01',
    }

    it('B60.1 B60.2 B60.3 is refused before anything else is looked at, and leaves nothing behind', async () => {
      const before = await harness.connection.db?.stats()
      for (const form of [child, { ...child, handle: '!', password: 'x', unknown: 1 }, { birthDate: '2020-06-01' }]) {
        const { status, body } = await post(form, { 'idempotency-key': 'childcanarykey' })
        expect({ status, code: body.code }).toEqual({ status: 403, code: 'identity.under-age' })
      }
      expect(await harness.everything()).not.toMatch(/child.?canary|2020-06-01/)
      expect((await harness.connection.db?.stats())?.['objects']).toBe(before?.['objects'])
    })

    it('B60.4 stays refused in the same browser with another date, and lets another browser in', async () => {
      const { headers } = await post(child)
      const [cookie = ''] = headers['set-cookie'] as unknown as string[]
      expect(cookie).toMatch(/^mpage=[A-Za-z0-9]+; Max-Age=86400; Path=\/v1\/accounts; HttpOnly; SameSite=Strict$/)
      const again = await post(registration(), { cookie: cookie.split(';', 1)[0] })
      expect(again.body.code).toBe('identity.under-age')
      expect((await post(registration())).status).toBe(201)
    })
  })

  it('refuses a handle that somebody has in another case, or that is the site’s own', async () => {
    const { handle } = await register(harness)
    for (const taken of [handle.toUpperCase(), 'Admin']) {
      const { status, body } = await post(registration({ handle: taken }))
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'identity.handle-taken' })
    }
  })

  it('lets exactly one of many have a handle', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(registration({ handle: 'only_one' }))))
    expect(answers.map((a) => a.status).sort()).toEqual([201, ...Array(7).fill(409)])
  })

  it('B67 refuses versions of the policies that are not in force, and says which are', async () => {
    const { status, body } = await post(registration({ accepted: { ...policiesInForce(), privacy: '2014-01-01' } }))
    expect({ status, code: body.code, inForce: body.inForce }).toEqual({
      status: 409,
      code: 'identity.policy-outdated',
      inForce: policiesInForce(),
    })
  })

  it.each([
    ['a common password', { password: 'qwertyuiop12' }, 'password', 'too-common'],
    ['a short password', { password: 'eleven char' }, 'password', 'too-short'],
    ['a password like the handle', { handle: 'somebody_here', password: 'somebody_here1' }, 'password', 'like-account'],
    ['no birth date', { birthDate: undefined }, 'birthDate', 'required'],
    ['a birth date to come', { birthDate: '2999-01-01' }, 'birthDate', 'implausible'],
    ['a name that nobody could see', { fullName: '\u3164' }, 'fullName', 'blank'],
    ['an address with 65 letters before the @', { email: `b${'x'.repeat(64)}@example.org` }, 'email', 'invalid'],
    ['an unknown field', { roles: ['operator'] }, 'roles', 'unknown-field'],
    ['an operator for an address', { email: { $ne: null } }, 'email', 'invalid'],
    ['an operator for a handle', { handle: { $gt: '' } }, 'handle', 'invalid'],
  ])('refuses %s', async (_, changes, path, code) => {
    const { status, body } = await post(registration(changes))
    expect({ status, errors: body.errors }).toEqual({ status: 422, errors: [expect.objectContaining({ path, code })] })
  })

  it.each([
    ['a domain beyond ASCII', "bug'@müller.example", "BUG'@xn--mller-kva.example"],
    ['a name beyond ASCII', 'büg@example.org', 'BU\u0308G@Example.org'],
    ['marks in its name', '&/=%!#$*?^`{|}~@example.org', '&/=%!#$*?^`{|}~@EXAMPLE.org'],
  ])('takes an address with %s, and lets one account alone verify it', async (_, email, written) => {
    const owner = await verified(harness, { email: ` ${email} ` })
    expect((await harness.as(owner.id).get('/v1/me')).body).toMatchObject({ email, emailVerified: true })
    const other = await register(harness, { email: written })
    expect(await linkFor(harness, other.id, 'verify-email')).toBeNull()
    const { status } = await harness.anybody.post('/v1/sessions', { login: written, password: owner.password })
    expect(status).toBe(201)
  })

  it('repeats the answer for a repeated Idempotency-Key', async () => {
    const form = registration()
    const headers = { 'idempotency-key': 'once-only-please' }
    const [first, second] = [await post(form, headers), await post(form, headers)]
    expect(second.body).toEqual(first.body)
    expect(second.status).toBe(201)
  })

  it('finds the account again that an attempt made which died before it could answer', async () => {
    const form = registration()
    const headers = { 'idempotency-key': 'died-in-between' }
    const first = await post(form, headers)
    await harness
      .collection('_idempotency')
      .updateOne({ 'answer.body.id': first.body.id }, { $unset: { answer: 1 }, $set: { leaseUntil: new Date(0) } })
    const second = await post(form, headers)
    expect([second.status, second.body]).toEqual([201, first.body])
    expect(second.headers['idempotency-replayed']).toBeUndefined()
    expect(await harness.collection('accounts').countDocuments({ handleKey: form.handle })).toBe(1)
  })
})

describe('an address that somebody has verified', () => {
  let harness: ServiceHarness
  beforeAll(async () => (harness = await ServiceHarness.open()))
  afterAll(() => harness.close())

  it('is answered like any other, with the same events, and its mail has no link', async () => {
    const owner = await verified(harness)
    const known = await harness.anybody.post('/v1/accounts', registration({ email: owner.email.toUpperCase() }))
    const unknown = await harness.anybody.post('/v1/accounts', registration())
    expect(Object.keys(known.body as object)).toEqual(Object.keys(unknown.body as object))
    expect(known.status).toBe(unknown.status)
    await harness.service.untilIdle()
    const typesOf = async (id: string) =>
      (await harness.service.records('identity.account')).filter((r) => r.key === id).map((r) => r.headers['ce_type'])
    expect(await typesOf(known.body.id as string)).toEqual(await typesOf(unknown.body.id as string))
    expect(await linkFor(harness, known.body.id as string, 'verify-email')).toBeNull()
    expect(await linkFor(harness, unknown.body.id as string, 'verify-email')).toEqual(expect.any(String))
  })
})
