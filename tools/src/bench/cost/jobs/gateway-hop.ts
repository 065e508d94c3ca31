import { identity } from '@mpics/contracts'
import { internalToken } from '../../services/internal-token.js'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

const pathOf = (scene: Scene, n: number) => `/v1/profiles/${nth(scene.handles, n)}/followers`

export function throughGateway(scene: Scene): Side {
  const { system, members, pids } = scene
  const reader = members[0]!
  return {
    name: 'lists through the gateway',
    prepare: () => reader.logIn(),
    pids: { gateway: pids['gateway'] },
    call: caller(system.gatewayUrl, 200, (n) => ({
      path: pathOf(scene, n),
      headers: { authorization: `Bearer ${reader.accessToken}` },
    })),
  }
}

const tokenOf = ({ folder, members }: Scene) =>
  internalToken(folder, 'profiles', { sub: members[0]!.accountId, sid: members[0]!.sessionId, roles: ['member'] })

export function fromService(scene: Scene): Side {
  const { system, pids } = scene
  let token = ''
  return {
    name: 'the same lists from the service',
    prepare: async () => (token = await tokenOf(scene)),
    pids: { profiles: pids['profiles'] },
    call: caller(`http://127.0.0.1:${system.ports.profiles.http}`, 200, (n) => ({
      path: pathOf(scene, n),
      headers: { authorization: `Bearer ${token}` },
    })),
  }
}

export async function throughBareProxy(scene: Scene): Promise<Side> {
  const { system, members, bare } = scene
  const reader = members[0]!
  const keys: unknown = await (await fetch(new URL(identity.getSigningKeys.path, system.gatewayUrl))).json()
  const { url, pid } = await bare('bare-proxy', { upstream: `http://127.0.0.1:${system.ports.profiles.http}`, keys })
  let token = ''
  return {
    name: 'the same through a bare proxy',
    prepare: async () => {
      await reader.logIn()
      token = await tokenOf(scene)
    },
    pids: { 'the proxy': pid },
    call: caller(url, 200, (n) => ({
      path: pathOf(scene, n),
      headers: { authorization: `Bearer ${reader.accessToken}`, 'x-internal-token': token },
    })),
  }
}
