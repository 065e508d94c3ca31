import { identity } from '@mpics/contracts'
import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import type { Caller } from './setup/caller.js'
import { formFor } from './setup/consents.js'
import { policiesInForce, registration, verified } from './setup/people.js'
import { provenAs } from './setup/proven.js'
import { ServiceHarness } from './setup/service-harness.js'

const WITH_SCRIPT = '# New\n\n<script>alert(1)</script> [x](javascript:alert(1))\n\nWe keep it.'

describe('the publication of a policy', () => {
  let harness: ServiceHarness
  let publisher: Caller
  beforeEach(async () => {
    harness = await ServiceHarness.open()
    publisher = await provenAs(harness, await verified(harness), ['member', 'policy'])
  })
  afterEach(() => harness.close())

  const texts = (text = 'We keep it.') => ({
    en: { text, summary: 'Says more.' },
    de: { text: `${text} Auf Deutsch.`, summary: 'Sagt mehr.' },
  })
  const after = (ms: number) => new Date(harness.clock.now().getTime() + ms).toISOString()
  const version = (changes: object = {}) => ({
    document: 'privacy',
    version: '2027-01-01',
    effectiveAt: after(30 * DAY_MS),
    texts: texts(),
    ...changes,
  })
  const publish = (body: object, by: Caller = publisher) => by.post('/v1/admin/policies', body)
  const get = async (path: string, headers?: Record<string, string>) =>
    (await harness.anybody.get(path, headers)).body as Record<string, never>

  it('B63.1 is for the role policy with a fresh proof, and changes nothing that was published', async () => {
    const first = version()
    const published = await publish(first)
    expect([published.status, published.headers['location']]).toEqual([201, '/v1/policies/privacy?version=2027-01-01'])
    const before = await get('/v1/policies/privacy?version=2027-01-01')
    expect(before).toEqual(published.body)
    const edits = [
      { texts: texts('We keep nothing.') },
      { texts: { ...texts(), de: { text: 'Anders.', summary: 'Sagt mehr.' } } },
      { texts: { en: texts().en } },
      { effectiveAt: after(31 * DAY_MS) },
    ]
    for (const edit of edits)
      expect(await publish({ ...first, ...edit })).toMatchObject({
        status: 409,
        body: { code: 'identity.policy-published' },
      })
    expect(await publish(first)).toMatchObject({ status: 201, body: before })
    expect(await get('/v1/policies/privacy?version=2027-01-01')).toEqual(before)
    for (const path of ['/v1/policies/privacy', '/v1/admin/policies'])
      for (const method of ['put', 'patch', 'delete'] as const)
        expect((await publisher[method](path, {})).status).toBe(404)
    const others = [
      harness.anybody,
      await provenAs(harness, await verified(harness)),
      await provenAs(harness, await verified(harness), ['member', 'operator', 'campaigns']),
    ]
    const next = version({ version: '2028-01-01', effectiveAt: after(300 * DAY_MS) })
    expect(await Promise.all(others.map(async (other) => (await publish(next, other)).status))).toEqual([401, 403, 403])
    harness.pass(11 * MINUTE_MS)
    expect(await publish(next)).toMatchObject({ status: 401, body: { code: 'identity.proof-needed' } })
  })

  it('is told of once, and announced to everybody at once in their language', async () => {
    const body = version({ effectiveAt: '2027-01-01T01:00:00+01:00' })
    await publish(body)
    await publish({ ...body, effectiveAt: '2027-01-01T00:00:00.000Z' })
    await harness.service.untilIdle()
    const told = (await harness.service.events(identity.policyPublished)).map(({ data }) => data)
    const effectiveAt = '2027-01-01T00:00:00.000Z'
    expect(told.filter((data) => data.version === '2027-01-01')).toEqual([
      { document: 'privacy', version: '2027-01-01', effectiveAt },
    ])
    const newest = async (query: string, headers?: Record<string, string>) =>
      (await get(`/v1/announcements?limit=1${query}`, headers))['items']
    const announced = { id: 'privacy-2027-01-01', document: 'privacy', version: '2027-01-01', effectiveAt }
    expect(await newest('')).toEqual([expect.objectContaining({ ...announced, locale: 'en', summary: 'Says more.' })])
    for (const german of [newest('&locale=de-CH'), newest('', { 'accept-language': 'fr, de;q=0.9' })])
      expect(await german).toEqual([expect.objectContaining({ ...announced, locale: 'de', summary: 'Sagt mehr.' })])
  })

  it('gives the texts back as they are, in the language that is asked for', async () => {
    await publish(version({ texts: { en: { text: WITH_SCRIPT, summary: '<b>' } } }))
    const path = '/v1/policies/privacy?version=2027-01-01'
    const english = { locale: 'en', locales: ['en'], text: WITH_SCRIPT, summary: '<b>', supersedes: '2015-03-14' }
    for (const query of ['', '&locale=en', '&locale=de', '&locale=tlh-Latn'])
      expect(await get(path + query)).toMatchObject(english)
    expect((await harness.anybody.get(path)).headers['vary']).toContain('Accept-Language')
    expect(await get('/v1/policies/privacy?locale=de')).toMatchObject({ version: '2015-03-14', locale: 'en' })
    for (const locale of ['', '../en', 'e'.repeat(40), '%00'])
      expect((await harness.anybody.get(`${path}&locale=${locale}`)).status).toBe(422)
  })

  it('of a wrong version is refused with the place of the mistake', async () => {
    const long = 'a'.repeat(100_001)
    const mistakes: [object, string][] = [
      [{ effectiveAt: after(-1) }, 'effectiveAt'],
      [{ effectiveAt: '9999-12-31T23:59:59-12:00' }, 'effectiveAt'],
      [{ effectiveAt: 'tomorrow' }, 'effectiveAt'],
      [{ document: 'cookies' }, 'document'],
      [{ version: '' }, 'version'],
      [{ version: '../\u202E1' }, 'version'],
      [{ version: 'a'.repeat(33) }, 'version'],
      [{ texts: { de: texts().de } }, 'texts.en'],
      [{ texts: { ...texts(), fr: texts().en } }, 'texts.fr'],
      [{ texts: { en: { text: long, summary: 'Long.' } } }, 'texts.en.text'],
      [{ texts: { en: { text: ' \u200B', summary: 'Blank.' } } }, 'texts.en.text'],
      [{ texts: { en: { text: 'a\u202Eb', summary: 'Turned.' } } }, 'texts.en.text'],
      [{ texts: { en: { text: 'Short.' } } }, 'texts.en.summary'],
      [{ note: 'more' }, 'note'],
    ]
    for (const [mistake, path] of mistakes) {
      const { status, body } = await publish(version(mistake))
      const paths = (body as { errors: { path: string }[] }).errors.map((error) => error.path)
      expect([mistake, status, paths]).toEqual([mistake, 422, [path]])
    }
  })

  it('by two at once is one after the other, or the later date alone', async () => {
    const bodies = Array.from({ length: 6 }, (_, i) => version({ version: `v${i}`, effectiveAt: after(DAY_MS + i) }))
    const answers = await Promise.all(bodies.map((body) => publish(body)))
    const same = await Promise.all(bodies.map((body) => publish(body)))
    expect(same.map(({ status }) => status)).toEqual(answers.map(({ status }) => status))
    const refused = answers.filter(({ status }) => status !== 201)
    expect(new Set(refused.map(({ body }) => body.code as string))).toEqual(
      new Set(refused.length > 0 ? ['identity.policy-order'] : []),
    )
    const stored = await harness.collection('policies').findOne({ _id: 'privacy' })
    const versions = (stored!['versions'] as { version: string; effectiveAt: Date }[]).slice(1)
    expect(versions.map(({ version: name }) => name)).toEqual(versions.map(({ version: name }) => name).toSorted())
    expect(versions).toHaveLength(answers.length - refused.length)
    const other = version({ version: 'v0', effectiveAt: after(2 * DAY_MS), document: 'terms' })
    const racing = await Promise.all(
      ['A.', 'B.'].map((text) => publish({ ...other, texts: { en: { text, summary: text } } })),
    )
    expect(racing.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  it('shows what differs between any two versions, word by word', async () => {
    await publish(version({ version: 'a', texts: texts('We keep <b>your</b> address.') }))
    await publish(
      version({ version: 'b', effectiveAt: after(31 * DAY_MS), texts: texts('We never keep your address.') }),
    )
    const diff = async (from: string, to: string, more = '') =>
      harness.anybody.get(`/v1/policies/privacy/diff?from=${from}&to=${to}${more}`)
    const { body } = await diff('a', 'b')
    expect(body).toMatchObject({ document: 'privacy', from: 'a', to: 'b', locale: 'en' })
    const changes = body.changes as { kind: string; text: string }[]
    expect(changes).toContainEqual({ kind: 'added', text: 'never ' })
    const textOf = (kind: string) => changes.flatMap((change) => (change.kind === kind ? [] : [change.text])).join('')
    expect([textOf('added'), textOf('removed')]).toEqual([
      'We keep <b>your</b> address.',
      'We never keep your address.',
    ])
    expect((await diff('b', 'a', '&locale=de')).body).toMatchObject({ from: 'b', to: 'a', locale: 'de' })
    expect((await diff('2015-03-14', 'b', '&locale=de')).body).toMatchObject({ locale: 'en' })
    expect((await diff('a', 'a')).body.changes).toEqual([{ kind: 'same', text: 'We keep <b>your</b> address.' }])
    expect((await diff('a', 'c')).body.code).toBe('identity.policy-not-found')
    expect((await harness.anybody.get('/v1/policies/privacy/diff?from=a')).status).toBe(422)
  })

  it('B64.1 counts for each use from its moment on, whenever the data were collected', async () => {
    const person = await verified(harness)
    await publish(version({ version: 'v2', effectiveAt: after(DAY_MS) }))
    const stampOfUse = async () =>
      (await harness.from('notifications').post('/internal/mail-recipients', { accountIds: [person.id] })).body
        .policyVersion as string
    const shown = () => formFor(harness, person.id, 'email-news')
    const consent = async (form: Awaited<ReturnType<typeof shown>>) => {
      const { noticeVersion, served } = form
      return harness.as(person.id).put('/v1/me/consents/email-news', { granted: true, noticeVersion, served })
    }
    expect([await stampOfUse(), (await shown()).noticeVersion]).toEqual(['2015-03-14', '2015-03-14'])
    harness.pass(DAY_MS - 60_000)
    const shownBefore = await shown()
    harness.pass(60_000)
    expect(await stampOfUse()).toBe('v2')
    expect((await consent(shownBefore)).body.code).toBe('identity.policy-outdated')
    const now = await shown()
    expect([now.noticeVersion, (await consent(now)).status]).toEqual(['v2', 200])
    const late = await harness.anybody.post('/v1/accounts', registration())
    expect(late.body).toMatchObject({ code: 'identity.policy-outdated', inForce: { privacy: 'v2' } })
    const accepted = { ...policiesInForce(), privacy: 'v2' }
    expect((await harness.anybody.post('/v1/accounts', registration({ accepted }))).status).toBe(201)
  })
})
