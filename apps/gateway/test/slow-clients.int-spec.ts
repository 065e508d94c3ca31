import { eventually, type TestPeer, type TestService } from '@mpics/testing'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { LargePictures } from './setup/large-pictures.js'
import { SlowClient } from './setup/slow-client.js'

const PICTURE = '/v1/photos/01931f3e-0000-7000-8000-000000000101'
const ELSEWHERE = '203.0.113.200'

describe('clients that are slow on purpose', () => {
  let peers: TestPeer
  let media: LargePictures
  let service: TestService
  const clients: SlowClient[] = []

  beforeAll(async () => {
    peers = await others()
    media = await LargePictures.listen()
    service = await gateway(peers.url, {
      environment: { MEDIA_URL: media.url, NOTIFICATIONS_URL: media.url, GATEWAY_TRUSTED_PROXIES: '127.0.0.0/8' },
    })
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.leave()
  })
  afterAll(() => Promise.all([service.stop(), peers.stop(), media.stop()]))

  const call = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, service.url), {
      headers: { 'x-forwarded-for': ELSEWHERE, ...headers },
      signal: AbortSignal.timeout(120_000),
    })
  const connect = async (count: number, head: string, addressOf: (i: number) => string) => {
    const made = await Promise.all(
      Array.from({ length: count }, (_, i) => SlowClient.connect(service.url, head, addressOf(i))),
    )
    clients.push(...made)
    return made
  }
  /** One call of a member, which goes on to a service. */
  const mailSettings = async () => {
    const answer = await call('/v1/me/email-settings', { authorization: `Bearer ${await accessToken()}` })
    return answer.status
  }
  const statusOf = ({ text }: SlowClient) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'take no connection to a service with bodies that do not come, as %s, and are told so',
    async (type) => {
      const head = `POST /v1/unsubscribe/x HTTP/1.1\nContent-Type: ${type}\nContent-Length: 1000`
      const slow = await connect(140, head, (i) => `198.51.100.${i}`)
      for (const client of slow) client.read().send('a')
      expect(await mailSettings()).toBe(200)
      expect(media.open).toBe(0)
      await eventually(() => slow.every(({ closed }) => closed))
      expect(new Set(slow.map(statusOf))).toEqual(new Set([408]))
      expect(slow[0]!.text).toContain('"code":"gateway.too-slow"')
    },
  )

  it('keep nobody else from pictures by not reading theirs, from one address', async () => {
    await connect(150, `GET ${PICTURE}/large HTTP/1.1`, () => '198.51.100.1')
    await eventually(() => media.open >= 60)
    expect(media.open).toBeLessThanOrEqual(64)
    expect(await (await call(`${PICTURE}/thumb`)).text()).toBe('small')
    expect(await mailSettings()).toBe(200)
  })

  it('make room for others after a moment, from many addresses', async () => {
    await connect(128, `GET ${PICTURE}/large HTTP/1.1`, (i) => `198.51.100.${i}`)
    await eventually(() => media.open === 128)
    expect(await mailSettings()).toBe(200)
    await eventually(async () => (await (await call(`${PICTURE}/thumb`)).text()) === 'small')
  })

  it('make nobody wait behind all that they ask for', async () => {
    media.asked.length = 0
    await connect(400, `GET ${PICTURE}/large HTTP/1.1`, (i) => `198.51.100.${i % 50}`)
    await eventually(() => media.asked.length >= 128)
    const before = media.asked.length
    expect(await (await call(`${PICTURE}/thumb`)).text()).toBe('small')
    // 128 may have ended while the call was on its way; then each of the 50 addresses has one turn before it
    expect(media.asked.findIndex((path) => path.endsWith('thumb'))).toBeLessThanOrEqual(before + 128 + 50)
  })

  it('of one account have a few uploads at a time, which end when they stand still', async () => {
    const token = await accessToken()
    const head = [
      'POST /v1/photos HTTP/1.1',
      `Authorization: Bearer ${token}`,
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 100000',
    ].join('\n')
    const slow = await connect(16, head, (i) => `198.51.100.${i}`)
    for (const client of slow) client.read().send('a')
    await eventually(() => slow.filter((client) => statusOf(client) === 429).length === 12)
    await eventually(() => slow.every(({ closed }) => closed))
    expect(slow.map(statusOf).sort()).toEqual([...Array<number>(4).fill(408), ...Array<number>(12).fill(429)])
    await eventually(() => media.open === 0)
  })

  it('do not keep the gateway from stopping', async () => {
    const stopping = await gateway(peers.url, { environment: { MEDIA_URL: media.url } })
    const reader = await SlowClient.connect(stopping.url, `GET ${PICTURE}/large HTTP/1.1`, ELSEWHERE)
    const silent = await SlowClient.connect(stopping.url, 'GET / HTTP/1.1\nX-Unfinished:', ELSEWHERE)
    clients.push(reader, silent)
    await eventually(() => media.open === 1)
    await stopping.stop()
    await eventually(() => media.open === 0)
  })
})
