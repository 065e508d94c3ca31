import { randomUUID } from 'node:crypto'
import { defineApi, identity } from '@mpics/contracts'
import { EventServer } from '@mpics/eventing'
import { UnavailableError } from '@mpics/service-kit'
import { eventually, type TestPeer, type TestService } from '@mpics/testing'
import { Module } from '@nestjs/common'
import { RolesVersions } from '../src/auth/roles-versions.js'
import { GatewayModule } from '../src/gateway.module.js'
import { UpstreamRequests } from '../src/proxy/upstream-requests.js'
import { edgeRoute } from '../src/routes/edge-route.js'
import { routeController } from '../src/routes/route-controller.js'
import { ForwardStream } from '../src/streams/forward-stream.js'
import { StreamsModule } from '../src/streams/streams.module.js'
import { accessToken, now } from './setup/access-tokens.js'
import { ReceivedStream } from './setup/event-stream.js'
import { gateway, others } from './setup/gateway.js'
import { streamingService } from './setup/streaming-service.js'

const START_TIMEOUT_MS = 500

const streamForTest = defineApi({
  name: 'streamForTest',
  service: 'media',
  method: 'GET',
  path: '/v1/test-stream',
  summary: 'A stream for this test',
  access: 'anonymous',
  scope: null,
  answerTypes: ['text/event-stream'],
})

@Module({
  imports: [GatewayModule, StreamsModule],
  controllers: [
    routeController([edgeRoute('streamed', streamForTest, { timeoutMs: START_TIMEOUT_MS })], ForwardStream),
  ],
})
class GatewayWithStream {}

const PICTURE = '/v1/photos/01931f3e-0000-7000-8000-000000000101/medium?v=1'
const PER_CALLER = 3
const IN_ALL = 140

describe('event streams', () => {
  let peers: TestPeer
  let media: Awaited<ReturnType<typeof streamingService>>
  let service: TestService
  const opened: ReceivedStream[] = []

  const start = (environment: Record<string, string> = {}) =>
    gateway(
      peers.url,
      {
        environment: {
          MEDIA_URL: media.url,
          ANALYTICS_URL: media.url,
          GATEWAY_TRUSTED_PROXIES: '127.0.0.0/8',
          GATEWAY_STREAMS: String(IN_ALL),
          GATEWAY_STREAMS_PER_CALLER: String(PER_CALLER),
          ...environment,
        },
      },
      GatewayWithStream,
    )
  beforeAll(async () => {
    peers = await others()
    media = await streamingService()
    service = await start()
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    for (const stream of opened.splice(0)) stream.close()
    await eventually(() => media.open.size === 0)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop(), media.stop()]))

  const open = async (headers: Record<string, string> = {}, path = '/v1/test-stream', of = service) => {
    const stream = await ReceivedStream.open(new URL(path, of.url), headers)
    opened.push(stream)
    return stream
  }
  const asMember = async (claims = {}) => ({ authorization: `Bearer ${await accessToken(claims)}` })

  it('pass events and heartbeats on as they come, and the last event’s id to the service', async () => {
    const stream = await open({ ...(await asMember()), 'last-event-id': '41' })
    expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(stream.headers['cache-control']).toBe('private, no-store')
    expect([...media.open.values()][0]).toMatchObject({ 'last-event-id': '41' })
    media.send(': heartbeat\n\n')
    await stream.has(': heartbeat\n\n')
    media.send('id: 42\ndata: {}\n\n')
    await stream.has('id: 42\ndata: {}\n\n')
  })

  it('have no deadline once their answer began', async () => {
    const stream = await open()
    const from = performance.now()
    await eventually(() => performance.now() - from > 3 * START_TIMEOUT_MS)
    media.send('data: late\n\n')
    await stream.has('data: late')
  })

  it('close their connection to the service when the client is gone, and end when the service ends them', async () => {
    const left = await open()
    left.close()
    await eventually(() => media.open.size === 0)
    const stays = await open()
    media.end()
    await stays.hasEnded()
  })

  it('B49 end at once with their session, and no others do', async () => {
    const sid = randomUUID()
    const revoked = [await open(await asMember({ sid })), await open(await asMember({ sid }))]
    const other = await open(await asMember())
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    await service.publish(identity.sessionRevoked.of({ accountId: randomUUID(), sessionId: sid, expiresAt }))
    for (const stream of revoked) await stream.hasEnded()
    await eventually(() => media.open.size === 1)
    media.send('data: still here\n\n')
    await other.has('still here')
    expect((await open(await asMember({ sid }))).status).toBe(401)
  })

  it('B49 end at once with the token of their program, and when the roles of their account change', async () => {
    const [sub, tid] = [randomUUID(), randomUUID()]
    const [ofToken, ofRoles, other] = [
      await open(await asMember({ sid: tid })),
      await open(await asMember({ sub, rv: 1 })),
      await open(await asMember()),
    ]
    await service.publish(identity.programTokenRevoked.of({ tokenId: tid }))
    await service.publish(identity.rolesChanged.of({ accountId: sub, rolesVersion: 2 }))
    for (const stream of [ofToken, ofRoles]) await stream.hasEnded()
    expect(other.ended).toBe(false)
  })

  it('B49 end when the roles of their account changed while they were opened, and none had begun', async () => {
    const sub = randomUUID()
    const requests = service.get(UpstreamRequests)
    const headersFor = requests.headersFor.bind(requests)
    jest.spyOn(requests, 'headersFor').mockImplementation(async (...asked) => {
      const headers = await headersFor(...asked)
      await service.publish(identity.rolesChanged.of({ accountId: sub, rolesVersion: 2 }))
      await eventually(() => service.get(RolesVersions).isFormer(sub, 1))
      return headers
    })
    const stream = await open(await asMember({ sub, rv: 1 }))
    expect(stream.status).toBe(200)
    await stream.hasEnded()
  })

  it('B49 end with their session while Kafka is silent, by what identity says', async () => {
    const sid = randomUUID()
    const [revoked, other] = [await open(await asMember({ sid })), await open(await asMember())]
    const events = service.get(EventServer)
    jest.spyOn(events, 'health').mockReturnValue({ ...events.health(), replicaBehindMs: 60_000 })
    peers.answer(identity.revokedSessions, ({ body }) => ({ revoked: body.sessionIds.filter((id) => id === sid) }))
    await revoked.hasEnded()
    expect(other.ended).toBe(false)
    peers.answer(identity.revokedSessions, () => ({ revoked: [] }))
  })

  it('B49 tables and pictures are cut off with the session, or the roles, that opened them, and no others are', async () => {
    const [sub, sid] = [randomUUID(), randomUUID()]
    const [table, picture] = ['/v1/admin/traffic/export', PICTURE]
    const roles = ['member', 'analyst']
    const ofSession = [
      await open(await asMember({ sid, roles }), table),
      await open(await asMember({ sid }), picture),
      await open({}, `${picture}&session=${sid}`),
    ]
    const ofRoles = await open(await asMember({ sub, roles, rv: 1 }), table)
    const others = [await open(await asMember({ roles }), table), await open(await asMember({ sub, rv: 1 }), picture)]
    for (const one of [...ofSession, ofRoles, ...others]) await one.has('a part')
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    await service.publish(identity.sessionRevoked.of({ accountId: randomUUID(), sessionId: sid, expiresAt }))
    await service.publish(identity.rolesChanged.of({ accountId: sub, rolesVersion: 2 }))
    for (const one of [...ofSession, ofRoles]) await eventually(() => one.cutOff)
    await eventually(() => media.open.size === others.length)
    media.end()
    for (const one of others) await one.hasEnded()
    expect([...ofSession, ofRoles].map(({ ended }) => ended)).toEqual([false, false, false, false])
  })

  it('B49 end while nobody can say whether their session has ended; a picture is cut off after several looks, and no sooner', async () => {
    const member = await asMember()
    const [stream, picture] = [await open(member), await open(member, PICTURE)]
    await picture.has('a part')
    const events = service.get(EventServer)
    jest.spyOn(events, 'health').mockReturnValue({ ...events.health(), replicaBehindMs: 60_000 })
    let looks = 0
    const away = () => {
      throw new UnavailableError()
    }
    peers.answer(identity.revokedSessions, () => (++looks < 3 ? away() : { revoked: [] }))
    await stream.hasEnded()
    await eventually(() => looks > 3 || picture.cutOff)
    expect(picture.cutOff).toBe(false)
    peers.answer(identity.revokedSessions, away)
    await eventually(() => picture.cutOff)
    peers.answer(identity.revokedSessions, () => ({ revoked: [] }))
  })

  it('end when the access token expires', async () => {
    const stream = await open(await asMember({ iat: now() - 10, exp: now() + 5 }))
    expect(stream.status).toBe(200)
    await stream.hasEnded()
  })

  it('are bounded for each caller', async () => {
    const member = await asMember()
    for (let i = 0; i < PER_CALLER; i++) expect((await open(member)).status).toBe(200)
    const refused = await open(member)
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '5'])
    expect((await open(await asMember())).status).toBe(200)
    opened[0]!.close()
    await eventually(() => media.open.size === PER_CALLER)
    expect((await open(member)).status).toBe(200)
  })

  it('are bounded in all, and take no connection from ordinary requests to the same service', async () => {
    for (let i = 0; i < IN_ALL; i++) await open({ 'x-forwarded-for': `193.0.${i}.1` })
    expect(media.open.size).toBe(IN_ALL)
    expect((await open({ 'x-forwarded-for': '8.8.8.8' })).status).toBe(503)
    const ordinary = await fetch(new URL('/v1/photos/01931f3e-0000-7000-8000-000000000101/large?v=1', service.url))
    expect(ordinary.status).toBe(200)
  })

  it('repeat a refusal of the service, and say 503 while it is away', async () => {
    const refused = await open({}, '/v1/test-stream?refuse=1')
    expect([refused.status, refused.headers['content-type']]).toEqual([403, 'application/problem+json'])
    const away = await start({ MEDIA_URL: 'http://127.0.0.1:9' })
    expect((await open({}, '/v1/test-stream', away)).status).toBe(503)
    await away.stop()
  })

  it('open nothing for a HEAD', async () => {
    const answer = await fetch(new URL('/v1/test-stream', service.url), { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-type'), media.open.size]).toEqual([200, 'text/event-stream', 0])
  })

  it('end cleanly when the gateway stops', async () => {
    const second = await start()
    const stream = await open(await asMember(), '/v1/test-stream', second)
    await second.stop()
    expect([stream.ended, stream.text]).toEqual([true, ''])
  })
})
