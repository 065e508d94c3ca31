import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { UnavailableError } from '@mpics/service-kit'
import { on, type TestPeer, type TestService } from '@mpics/testing'
import { decodeJwt } from 'jose'
import { routes } from '../src/routes/routes.js'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { recordingService } from './setup/recording-service.js'

const calls = routes.map(({ api }) => api)
const TOKEN = 'token-of-the-link'
const forMembers = calls.filter(({ access }) => access !== 'anonymous')

describe('an account whose address is not verified', () => {
  let peers: TestPeer
  let upstream: Awaited<ReturnType<typeof recordingService>>
  let service: TestService

  beforeAll(async () => {
    ;[peers, upstream] = [
      await others(
        on(identity.closeMyAccount, () => ({ erasesAt: '2026-01-31T12:00:00.000Z' })),
        on(identity.verifyEmail, () => peers.answer(identity.unverifiedAccounts, () => ({ unverified: [] }))),
      ),
      await recordingService(),
    ]
    const environment = { PROFILES_URL: upstream.url, NOTIFICATIONS_URL: upstream.url }
    service = await gateway(peers.url, { environment })
  })
  afterEach(() => peers.answer(identity.unverifiedAccounts, ({ body }) => ({ unverified: body.accountIds })))
  afterAll(() => Promise.all([service.stop(), peers.stop(), upstream.stop()]))

  async function call(
    method: string,
    path: string,
    authorization?: string,
  ): Promise<{ status: number; code?: string }> {
    authorization ??= `Bearer ${await accessToken({ unverified: true })}`
    const answer = await fetch(new URL(path, service.url), { method, headers: { authorization } })
    const body = (await answer.json().catch(() => ({}))) as { code?: string }
    return { status: answer.status, ...(body.code && { code: body.code }) }
  }
  const callerSeen = () => decodeJwt(upstream.last().headers.authorization!.slice('Bearer '.length)).sub

  it('may read itself, prove who it is, take its data along, be closed and log off, and no more', () => {
    const open = calls.filter(({ unverified }) => unverified).map(({ name }) => name)
    expect(open.sort()).toEqual([
      'changeEmail',
      'changePassword',
      'closeMyAccount',
      'getExport',
      'getExportFile',
      'getMyAccount',
      'getMyPrivacy',
      'logOff',
      'proveMyself',
      'requestExport',
    ])
  })

  it.each(forMembers.map((api) => [api.name, api] as const))('is answered %s accordingly', async (_, api) => {
    const path = api.path.replace(/\{\w+\}/g, '01931f3e-0000-7000-8000-000000000001')
    const answer = await call(api.method, path)
    if (api.unverified) expect(answer.code).not.toBe('identity.unverified')
    else expect(answer).toEqual({ status: 403, code: 'identity.unverified' })
  })

  it('sees public things as a visitor', async () => {
    expect(await call('GET', '/v1/profiles/ada/followers')).toEqual({ status: 200 })
    expect(callerSeen()).toBeUndefined()
  })

  it.each([
    ['by a call', identity.verifyEmail.path, 'application/json', JSON.stringify({ token: TOKEN })],
    ['on the page', '/verify-email', 'application/x-www-form-urlencoded', `token=${TOKEN}`],
  ])('is a member as soon as the address is verified %s, with a token from before', async (_, path, type, body) => {
    const authorization = `Bearer ${await accessToken({ sub: randomUUID(), unverified: true })}`
    const read = (path: string) => call('GET', path, authorization)
    expect(await read('/v1/me/mails')).toEqual({ status: 403, code: 'identity.unverified' })
    const init = { method: 'POST', headers: { 'content-type': type }, body }
    expect((await fetch(new URL(path, service.url), init)).status).toBeLessThan(300)
    for (const path of ['/v1/me/mails', '/v1/profiles/ada/followers']) {
      expect(await read(path)).toEqual({ status: 200 })
      expect(callerSeen()).toEqual(expect.any(String))
    }
  })

  it('waits for identity where it may be a member, and is a visitor elsewhere', async () => {
    peers.answer(identity.unverifiedAccounts, () => {
      throw new UnavailableError()
    })
    expect((await call('GET', '/v1/me/mails')).status).toBe(503)
    expect(await call('GET', '/v1/profiles/ada/followers')).toEqual({ status: 200 })
    expect(callerSeen()).toBeUndefined()
  })
})
