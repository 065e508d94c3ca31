import { randomUUID } from 'node:crypto'
import { type TestService } from '@mpics/testing'
import { accessToken, publishedKey } from './setup/access-tokens.js'
import { gateway } from './setup/gateway.js'
import { type Answer, recordingService } from './setup/recording-service.js'
import * as sample from './setup/samples.js'

const GENUINE = (sessionId: string) => sessionId.replaceAll('-', '') + 'a'.repeat(96)
const json = (body: unknown): ReturnType<Answer> => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Identity, as far as the edge needs it: it logs off whoever shows the first cookie that could be a token. */
const identityAnswers: Answer = ({ method, url, headers }): ReturnType<Answer> => {
  if (url.startsWith('/.well-known/jwks.json')) return json({ keys: [publishedKey] })
  if (url.startsWith('/v1/policies')) return json({ items: sample.policies, nextCursor: null })
  if (url.startsWith('/internal/revoked-sessions')) return json({ revoked: [] })
  if (method === 'DELETE') return { status: /mprefresh=\w{128}/.test(headers.cookie ?? '') ? 204 : 401, headers: {} }
  const made = ['__Secure-mprefresh=r; Secure', '__Secure-mpbrowser=b; Secure', '__Secure-other=x; Secure']
  const { body, headers: ofJson } = json(sample.session)
  return { status: 201, body, headers: { ...ofJson, 'set-cookie': made } }
}

describe('log-ins and log-offs at the edge of an https site', () => {
  let identity: Awaited<ReturnType<typeof recordingService>>
  let service: TestService
  beforeAll(async () => {
    identity = await recordingService(identityAnswers)
    const environment = { PUBLIC_URL: 'https://mpics.example', GATEWAY_TRUSTED_PROXIES: '127.0.0.1,::1' }
    service = await gateway(identity.url, { environment: { ...environment, GATEWAY_LIMIT_CREDENTIALS: '3' } })
  })
  afterAll(() => Promise.all([service.stop(), identity.stop()]))

  const logIn = (headers: Record<string, string> = {}) =>
    fetch(new URL('/v1/sessions', service.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ login: 'ada', password: 'a long password' }),
    })
  const logOff = (headers: Record<string, string>) =>
    fetch(new URL('/v1/sessions/current', service.url), { method: 'DELETE', headers })
  const seen = () => identity.received.filter(({ url }) => url === '/v1/sessions').at(-1)!.headers

  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ])('tell identity the network of %s, and not what the client says of it', async (address, network) => {
    await logIn({ 'x-forwarded-for': address, 'x-client-network': '192.0.2.1' })
    expect(seen()['x-client-network']).toBe(network)
    expect(seen()['x-forwarded-for']).toBeUndefined()
  })

  it('B34 take and give the cookies of the log-in under their names on https, and no others', async () => {
    const cookie = '__Secure-mpbrowser=b; __Secure-other=x; __Host-__gads=y'
    const answer = await logIn({ cookie })
    expect(seen().cookie).toBe('__Secure-mpbrowser=b')
    expect(answer.headers.getSetCookie().map((given) => given.split('=')[0])).toEqual([
      '__Secure-mprefresh',
      '__Secure-mpbrowser',
    ])
  })

  it('leave it to identity who has to wait: a neighbour’s guesses use up nobody’s log-ins here', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => logIn({ 'x-forwarded-for': '198.51.100.8' })))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  })

  it('B49 by the refresh cookie alone end the tokens of its session at once, and of no other', async () => {
    const [mine, others] = [randomUUID(), randomUUID()]
    const status = async (sid: string) => {
      const headers = { authorization: `Bearer ${await accessToken({ sid, iss: 'https://mpics.example' })}` }
      return (await fetch(new URL('/v1/me/consents', service.url), { headers })).status
    }
    const forged = `mprefresh=${GENUINE(others)}; __Secure-mprefresh=${GENUINE(others)}x"`
    const answer = await logOff({ cookie: `${forged}; __Secure-mprefresh=${GENUINE(mine)}` })
    expect([answer.status, await status(mine), await status(others)]).toEqual([204, 401, 201])
    expect((await logOff({ cookie: '__Secure-mprefresh=abc' })).status).toBe(401)
  })

  it('B32 are listed with the names that browsers show', async () => {
    const page = await (
      await fetch(new URL('/privacy/cookies', service.url), { headers: { accept: 'text/html' } })
    ).text()
    for (const name of [
      '__Secure-mprefresh',
      '__Secure-mpbrowser',
      '__Secure-mpshared',
      '__Secure-mpage',
      '__Secure-mpvid',
    ])
      expect(page).toContain(`<code>${name}</code>`)
  })
})
