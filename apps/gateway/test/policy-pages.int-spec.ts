import { randomBytes, randomUUID } from 'node:crypto'
import { DomainError, identity } from '@mpics/contracts'
import { eventually, on, type TestPeer, type TestService } from '@mpics/testing'
import { formTokenOf } from '../src/page-sessions/form-tokens.js'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import * as sample from './setup/samples.js'

const HTTPS = 'https://mpics.example'
const BROWSER = { accept: 'text/html', 'sec-fetch-dest': 'document' }
const ORIGIN = { origin: HTTPS, host: 'mpics.example', 'sec-fetch-site': 'same-origin' }
const PAGES = [
  '/',
  '/explore',
  `/photos/${sample.PHOTO}`,
  '/@ada',
  '/policies/privacy',
  '/privacy/cookies',
  '/help/cookies',
]
const OTHERS = ['/docs', '/docs/events', '/log-in', '/reset-password', '/no/such/page']
const published = { document: 'privacy', version: 'v2', effectiveAt: '2090-03-01T00:00:00.000Z' } as const

class OutdatedError extends DomainError {
  readonly code = 'identity.policy-outdated'
  readonly kind = 'conflict'
}

describe('policies on pages', () => {
  let peers: TestPeer
  let replicas: TestService[]
  beforeAll(async () => {
    peers = await others(
      on(identity.enterPages, async () => ({ accessToken: await accessToken({ sid: randomUUID(), iss: HTTPS }) })),
      on(identity.acceptPolicies, () => ({ items: [], toAccept: [] })),
      on(identity.diffPolicies, ({ params: { document }, query: { from, to } }) => ({
        document,
        from,
        to,
        locale: 'en' as const,
        changes: [
          { kind: 'same' as const, text: 'We keep\n' },
          { kind: 'removed' as const, text: '<b>all</b>' },
          { kind: 'added' as const, text: '<script>alert(1)</script>' },
        ],
      })),
    )
    const environment = { PUBLIC_URL: HTTPS }
    replicas = [await gateway(peers.url, { environment }), await gateway(peers.url, { environment })]
  })
  afterAll(() => Promise.all([...replicas, peers].map((one) => one.stop())))

  const ask = (path: string, init: RequestInit = {}, { url } = replicas[0]!) =>
    fetch(new URL(path, url), { redirect: 'manual', ...init, headers: { ...BROWSER, ...init.headers } })
  const text = async (path: string, replica?: TestService) => (await ask(path, {}, replica)).text()

  it('B65 are announced on every page of every replica from their publication on', async () => {
    for (const path of [...PAGES, ...OTHERS]) expect(await text(path)).not.toContain('class="news"')
    for (const replica of replicas) await replica.publish(identity.policyPublished.of(published))
    for (const replica of replicas)
      await eventually(async () => (await text('/', replica)).includes('1 March 2090') || undefined)
    for (const path of [...PAGES, ...OTHERS]) {
      const page = await text(path)
      expect([path, page.includes('<time datetime="2090-03-01T00:00:00.000Z">')]).toEqual([path, true])
      expect([path, page.includes('href="/policies/privacy?version=v2"')]).toEqual([path, true])
      expect(page).toContain('href="/policies/privacy/changes?from=2015-03-14&amp;to=v2"')
    }
    const german = await text('/policies/privacy?lang=de')
    expect(german).toContain('Eine neue Fassung gilt ab')
    expect(german).toContain('href="/policies/privacy/changes?from=2015-03-14&amp;to=v2&amp;lang=de"')
  })

  it('that were in force when they were published are no news', async () => {
    const [replica] = replicas
    await replica!.publish(
      identity.policyPublished.of({ document: 'terms', version: 'old', effectiveAt: '2016-01-01T00:00:00.000Z' }),
    )
    await eventually(async () => (await ask('/')).headers.get('link')!.includes('terms?version=old') || undefined)
    expect(await text('/')).not.toContain('version=old"')
  })

  it('show what changes, and nothing of it is markup', async () => {
    const page = await text('/policies/privacy/changes')
    expect(page).toContain('We keep\n<del>&lt;b&gt;all&lt;/b&gt;</del><ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>')
    expect(peers.calls(identity.diffPolicies).at(-1)).toMatchObject({ query: { from: '2015-03-14', to: 'v2' } })
    await text('/policies/terms/changes?from=a%22&to=b&lang=de')
    expect(peers.calls(identity.diffPolicies).at(-1)).toMatchObject({
      params: { document: 'terms' },
      query: { from: 'a"', to: 'b', locale: 'de' },
    })
  })

  describe('that a member has not accepted', () => {
    const secret = randomBytes(64).toString('hex')
    const cookie = `__Host-mpsession=${secret}`
    const waiting = [{ document: 'terms' as const, version: 'v"2', effectiveAt: '2027-01-01T00:00:00.000Z' }]
    beforeEach(() => peers.answer(identity.getMe, () => ({ ...sample.me, toAccept: waiting })))

    const send = () =>
      ask('/account/acceptances', {
        method: 'POST',
        headers: { ...ORIGIN, cookie },
        body: new URLSearchParams({ form: formTokenOf(secret), terms: 'v"2' }),
      })

    it('B67 are asked about at the next visit, and accepted as they were shown', async () => {
      const page = await (await ask('/account', { headers: { cookie } })).text()
      expect(page).toContain('href="/policies/terms?version=v%222"')
      expect(page).toContain('<input type="hidden" name="terms" value="v&quot;2" />')
      const answer = await send()
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
      expect(peers.calls(identity.acceptPolicies)).toEqual([expect.objectContaining({ body: { terms: 'v"2' } })])
    })

    it('are shown anew where others came into force meanwhile', async () => {
      peers.answer(identity.acceptPolicies, () => {
        throw new OutdatedError('Another version is in force.')
      })
      const answer = await send()
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
    })

    it('close nothing, and are asked for no more once they are accepted', async () => {
      expect((await ask('/account/sessions', { headers: { cookie } })).status).not.toBe(403)
      peers.answer(identity.getMe, () => sample.me)
      expect(await (await ask('/account', { headers: { cookie } })).text()).not.toContain('name="terms"')
    })
  })
})

describe('a text of a policy', () => {
  it('of two megabytes is refused with its field, and not read', async () => {
    const peers = await others()
    const service = await gateway(peers.url)
    const authorization = `Bearer ${await accessToken({ roles: ['member', 'policy'] })}`
    const body = JSON.stringify({ texts: { en: { text: 'a'.repeat(2 * 1024 * 1024), summary: 'Long.' } } })
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(new URL('/v1/admin/policies', service.url), { method: 'POST', headers, body })
    expect([answer.status, await answer.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ path: 'texts', code: 'too-long' })] }),
    ])
    await Promise.all([service.stop(), peers.stop()])
  })
})
