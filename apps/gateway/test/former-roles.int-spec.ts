import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { createApp, Health, listen } from '@mpics/service-kit'
import { eventually, type TestPeer, type TestService } from '@mpics/testing'
import { GatewayConfig } from '../src/config.js'
import { GatewayModule } from '../src/gateway.module.js'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'

describe('a token of former roles', () => {
  let peers: TestPeer
  let service: TestService

  beforeAll(async () => {
    peers = await others()
    service = await gateway(peers.url)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  const status = async (token: string, url = service.url) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(new URL('/v1/me', url), { headers })).status
  }
  const changed = (accountId: string, rolesVersion: number) =>
    service.publish(identity.rolesChanged.of({ accountId, rolesVersion }))

  it('is refused once the change is heard of, also by a gateway that starts later; that of the new ones is good', async () => {
    const sub = randomUUID()
    const roles = ['member', 'operator']
    const [former, earliest, current] = [
      await accessToken({ sub, roles, rv: 1 }),
      await accessToken({ sub, roles }),
      await accessToken({ sub, rv: 2 }),
    ]
    for (const token of [former, earliest, current]) expect(await status(token)).toBe(200)
    await changed(sub, 2)
    await eventually(async () => (await status(former)) === 401)
    await changed(sub, 1)
    const late = await createApp(GatewayModule, new GatewayConfig(service.environment))
    const url = await listen(late, 0, '127.0.0.1')
    await eventually(async () => (await late.get(Health).ready()).ok)
    const seen = await Promise.all(
      [former, earliest, current].map(async (token) => [await status(token), await status(token, url)]),
    )
    await late.close()
    expect(seen).toEqual([
      [401, 401],
      [401, 401],
      [200, 200],
    ])
    expect(await status(await accessToken({ roles }))).toBe(200)
    expect(peers.calls(identity.rolesVersions)).toEqual([])
  })
})
