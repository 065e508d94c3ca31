import { randomUUID } from 'node:crypto'
import { identity, media } from '@mpics/contracts'
import { createApp, Health, listen, newProgramToken } from '@mpics/service-kit'
import { eventually, on, type TestPeer, type TestService } from '@mpics/testing'
import { GatewayConfig } from '../src/config.js'
import { GatewayModule } from '../src/gateway.module.js'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'

interface Held {
  tokenId: string
  scope: string
}

describe('a token of a program', () => {
  const held = new Map<string, Held>()
  let gate: Promise<void> | undefined
  let peers: TestPeer
  let service: TestService

  beforeAll(async () => {
    const exchange = on(identity.exchangeProgramToken, async ({ body: { token } }) => {
      await gate
      const known = held.get(token)
      if (!known) return { accessToken: null }
      const { tokenId, scope } = known
      return {
        accessToken: await accessToken({ sid: tokenId, tid: tokenId, client_id: tokenId, scope, rv: undefined }),
      }
    })
    peers = await others(exchange)
    service = await gateway(peers.url, { environment: { GATEWAY_LIMIT_CREDENTIALS: '40' } })
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  const made = (scope = 'account:read') => {
    const token = newProgramToken()
    const tokenId = randomUUID()
    held.set(token, { tokenId, scope })
    return { token, tokenId }
  }
  const call = async (token: string, path = '/v1/me', method = 'GET', url = service.url) => {
    const answer = await fetch(new URL(path, url), { method, headers: { authorization: `Bearer ${token}` } })
    const text = await answer.text()
    return [answer.status, text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}] as const
  }
  const exchanges = () => peers.calls(identity.exchangeProgramToken).length
  const revoke = (tokenId: string) => service.publish(identity.programTokenRevoked.of({ tokenId }))

  it('is exchanged once for many calls, and allows what its scopes say', async () => {
    const { token } = made('account:read photos:read')
    const before = exchanges()
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(token)))
    expect([answers.map(([status]) => status), exchanges() - before]).toEqual([Array(20).fill(200), 1])
    expect((await call(token, media.explorePhotos.path))[0]).toBe(200)
  })

  it('may not do what needs another scope, also where everybody may, and hears which', async () => {
    const { token } = made('photos:read')
    for (const [path, missing] of [
      ['/v1/me', ['account:read']],
      ['/v1/policies', ['site:read']],
    ] as const)
      expect(await call(token, path)).toEqual([
        403,
        expect.objectContaining({ code: 'identity.scope-missing', missing }),
      ])
  })

  it('may do nothing that no program may, and is a visitor on pages', async () => {
    const { token } = made()
    for (const [path, method] of [
      ['/v1/sessions', 'GET'],
      ['/v1/sessions/current', 'DELETE'],
      ['/v1/me/tokens', 'GET'],
    ] as const)
      expect(await call(token, path, method)).toEqual([403, expect.objectContaining({ code: 'forbidden' })])
    expect((await call(token, '/help/cookies'))[0]).toBe(200)
  })

  it('B49 is refused everywhere once it is revoked, by what Kafka says, also by a gateway that starts later', async () => {
    const { token, tokenId } = made()
    expect((await call(token))[0]).toBe(200)
    await revoke(tokenId)
    await eventually(async () => (await call(token))[0] === 401)
    const late = await createApp(GatewayModule, new GatewayConfig(service.environment))
    const url = await listen(late, 0, '127.0.0.1')
    await eventually(async () => (await late.get(Health).ready()).ok)
    const [status] = await call(token, '/v1/me', 'GET', url)
    await late.close()
    expect([status, peers.calls(identity.revokedSessions)]).toEqual([401, []])
  })

  it('that is good takes nothing from the limit of bad ones, and few of a network are exchanged at once', async () => {
    for (let more = 0; more < 45; more++) expect((await call(made().token))[0]).toBe(200)
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const before = exchanges()
    const many = Array.from({ length: 20 }, () => call(made().token))
    await eventually(() => exchanges() - before === 20)
    expect((await call(made().token))[0]).toBe(429)
    resolve()
    gate = undefined
    expect((await Promise.all(many)).map(([status]) => status)).toEqual(Array(20).fill(200))
  })

  it('that is made up asks identity once, and none when its address made up too many', async () => {
    const junk = newProgramToken()
    const before = exchanges()
    expect([(await call(junk))[0], (await call(junk))[0], exchanges() - before]).toEqual([401, 401, 1])
    for (const other of [`${junk}x`, junk.toLowerCase(), junk.slice(0, -1) + (junk.endsWith('0') ? '1' : '0')])
      expect((await call(other))[0]).toBe(401)
    expect(exchanges() - before).toBe(1)
    for (let more = 0; more < 40; more++) await call(newProgramToken())
    const asked = exchanges()
    const refused = await Promise.all(Array.from({ length: 10 }, () => call(newProgramToken())))
    expect([refused.map(([status]) => status), exchanges() - asked]).toEqual([Array(10).fill(429), 0])
  })
})
