import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { Authority, type TestPeer, type TestService, type TlsFront, tlsFront } from '@mpics/testing'
import supertest from 'supertest'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'

const folder = mkdtempSync(join(tmpdir(), 'mpics-tls-'))
const inside = Authority.make(join(folder, 'inside'))
const elsewhere = Authority.make(join(folder, 'elsewhere'))
const environment = inside.issue(join(folder, 'gateway'))

describe('the gateway with TLS inside', () => {
  let peers: TestPeer
  let front: TlsFront
  const started: (TestService | TlsFront)[] = []
  const keep = <T extends TestService | TlsFront>(one: T) => (started.push(one), one)

  beforeAll(async () => {
    peers = await others()
    front = keep(await tlsFront(Number(new URL(peers.url).port), inside.issue(join(folder, 'peers')), { mutual: true }))
  })
  afterAll(async () => {
    for (const one of started.reverse()) await one.stop()
    await peers.stop()
    rmSync(folder, { recursive: true })
  })

  const me = async ({ url }: TestService) =>
    supertest(url)
      .get('/v1/me')
      .ca(inside.ca)
      .set('Authorization', `Bearer ${await accessToken()}`)

  it('fetches identity’s keys, forwards and listens over TLS; its own callers need no certificate', async () => {
    const service = keep(await gateway(`https://127.0.0.1:${front.port}`, { environment }))
    expect(service.url).toMatch(/^https:/)
    expect(await me(service)).toMatchObject({ status: 200, body: { handle: 'ada' } })
    expect(peers.calls(identity.getSigningKeys)).not.toEqual([])
    await expect(supertest(service.url.replace('https:', 'http:')).get('/v1/me')).rejects.toThrow()
  })

  it('trusts no keys of an identity that the authority inside does not know, nor of one that speaks plaintext', async () => {
    const calls = peers.calls(identity.getSigningKeys).length
    const port = Number(new URL(peers.url).port)
    const files = elsewhere.issue(join(folder, 'stranger'))
    const stranger = keep(await tlsFront(port, files))
    const misled = keep(await gateway(`https://127.0.0.1:${stranger.port}`, { environment }))
    expect(await me(misled)).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    const plain = keep(await gateway(peers.url.replace('http:', 'https:'), { environment }))
    expect(await me(plain)).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    expect(peers.calls(identity.getSigningKeys)).toHaveLength(calls)
  })
})
