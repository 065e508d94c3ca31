import { identity, profiles } from '@mpics/contracts'
import { eventually, on, type TestPeer, type TestService } from '@mpics/testing'
import { decodeJwt } from 'jose'
import { routes } from '../src/routes/routes.js'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { recordingService } from './setup/recording-service.js'
import * as sample from './setup/samples.js'

/** The gateway holds for ten seconds that a page exists. */
const BEFORE_EXPIRY_MS = 9_000
const AT = '2026-01-31T12:00:00.000Z'
const calls = routes.map(({ api }) => api)
const closed = calls.filter(({ access, closing }) => access !== 'anonymous' && !closing)

describe('an account that is being closed', () => {
  let peers: TestPeer
  let upstream: Awaited<ReturnType<typeof recordingService>>
  let service: TestService

  beforeAll(async () => {
    peers = await others(on(identity.restoreMyAccount, () => undefined))
    upstream = await recordingService()
    service = await gateway(peers.url, { environment: { PROFILES_URL: upstream.url } })
  })
  afterAll(() => Promise.all([service.stop(), peers.stop(), upstream.stop()]))

  async function call(method: string, path: string): Promise<{ status: number; code?: string }> {
    const authorization = `Bearer ${await accessToken({ closing: true })}`
    const answer = await fetch(new URL(path, service.url), { method, headers: { authorization } })
    const body = (await answer.json().catch(() => ({}))) as { code?: string }
    return { status: answer.status, ...(body.code && { code: body.code }) }
  }

  it('B52 may read itself, take its data along, withdraw consents, be restored and log off, and no more', async () => {
    const open = calls.filter(({ closing }) => closing).map(({ name }) => name)
    expect(open.sort()).toEqual([
      ...[
        'changeConsent',
        'getConsentForm',
        'getConsents',
        'getExport',
        'getExportFile',
        'getMyAccount',
        'getMyPrivacy',
        'logOff',
      ],
      ...['proveMyself', 'requestExport', 'restoreMyAccount'],
    ])
    expect((await call('GET', '/v1/me')).status).toBe(200)
    expect((await call('POST', '/v1/me/restoration')).status).toBe(204)
    expect((await call('DELETE', '/v1/sessions/current')).status).toBe(204)
  })

  it.each(closed.map((api) => [api.name, api] as const))('B52 is refused %s', async (_, api) => {
    const path = api.path.replace(/\{\w+\}/g, '01931f3e-0000-7000-8000-000000000001')
    expect(await call(api.method, path)).toEqual({ status: 403, code: 'identity.account-closing' })
  })

  it('sees public things as a visitor', async () => {
    expect(await call('GET', '/v1/profiles/ada/followers')).toEqual({ status: 200 })
    expect(decodeJwt(upstream.last().headers.authorization!.slice('Bearer '.length)).sub).toBeUndefined()
  })
})

describe('B52 what is held of an account', () => {
  it.each([
    ['closed', identity.closureRequested.of({ accountId: sample.OWNER, erasesAt: AT, hidden: true })],
    [
      'locked',
      identity.accountLocked.of({ accountId: sample.OWNER, reason: 'abuse', lockId: sample.OWNER, hidden: true }),
    ],
    ['erased', identity.accountErased.of({ accountId: sample.OWNER, erasureId: sample.OWNER, erasedAt: AT })],
  ])('is dropped at once when it is %s', async (_, event) => {
    const peers = await others()
    let asked = 0
    peers.answer(profiles.profilePages, () => {
      asked += 1
      return { ids: [], handles: [{ handle: 'ada', id: sample.OWNER }] }
    })
    const service = await gateway(peers.url)
    try {
      const view = () =>
        fetch(new URL('/v1/page-views', service.url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ page: '/@ada' }),
        })
      expect((await view()).status).toBeLessThan(300)
      await view()
      expect(asked).toBe(1)
      await service.publish(event, { sequence: 5 })
      await eventually('the page to be asked for again', async () => (await view()) && asked === 2, BEFORE_EXPIRY_MS)
    } finally {
      await Promise.all([service.stop(), peers.stop()])
    }
  })
})

describe('the page of an objection to a lock', () => {
  const TOKEN = 'CANARYTOKENCANARYTOKENCANARYTOKENCANARYTOKEN'
  const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'

  it('B61 changes nothing until its button is pressed, and says whether the link is good', async () => {
    const objections: unknown[] = []
    const peers = await others(on(identity.objectToLock, (input) => void objections.push(input)))
    const service = await gateway(peers.url)
    try {
      const page = async (init: RequestInit = {}, query = '') => {
        const answer = await fetch(new URL(`/lock-objection${query}`, service.url), init)
        return { status: answer.status, policy: answer.headers.get('referrer-policy'), text: await answer.text() }
      }
      const shown = await page({}, `?token=${ACCOUNT}.${TOKEN}&lang=de`)
      expect([shown.status, shown.policy, objections]).toEqual([200, 'no-referrer', []])
      expect(shown.text).toContain('Ich widerspreche')
      const press = (token: string) => page({ method: 'POST', body: new URLSearchParams({ token }) })
      expect((await press(`${ACCOUNT}.${TOKEN}`)).status).toBe(200)
      expect(objections).toEqual([{ params: { id: ACCOUNT }, query: {}, body: { token: TOKEN } }])
      for (const bad of ['', TOKEN, `${ACCOUNT}.<b>`, `../../v1/me.${TOKEN}`])
        expect((await press(bad)).status).toBe(410)
      expect((await page({}, '?token=x')).status).toBe(410)
    } finally {
      await Promise.all([service.stop(), peers.stop()])
    }
  })
})
