import { identity, profiles } from '@mpics/contracts'
import type { Member } from '../../../people/member.js'
import { internalToken } from '../../services/internal-token.js'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

const listPath = (scene: Scene, n: number) => profiles.listFollowers.path.replace('{handle}', nth(scene.handles, n))

const tokenOf = ({ folder }: Scene, { accountId, sessionId }: Member) =>
  internalToken(folder, 'profiles', { sub: accountId, sid: sessionId, roles: ['member'] })

/** Each member in its turn, with the session that it began last. */
function throughGateway(name: string, { system, pids }: Scene, readers: Member[], pathOf: (n: number) => string): Side {
  return {
    name: `${name} through the gateway`,
    prepare: () => Promise.all(readers.map((reader) => reader.logIn())),
    pids: { gateway: pids['gateway'] },
    call: caller(system.gatewayUrl, 200, (n) => ({
      path: pathOf(n),
      headers: { authorization: `Bearer ${nth(readers, n).accessToken}` },
    })),
  }
}

function fromService(name: string, scene: Scene, readers: Member[], pathOf: (n: number) => string): Side {
  const { system, pids } = scene
  let tokens: string[] = []
  return {
    name: `the same ${name} from the service`,
    prepare: async () => (tokens = await Promise.all(readers.map((reader) => tokenOf(scene, reader)))),
    pids: { profiles: pids['profiles'] },
    call: caller(`http://127.0.0.1:${system.ports.profiles.http}`, 200, (n) => ({
      path: pathOf(n),
      headers: { authorization: `Bearer ${nth(tokens, n)}` },
    })),
  }
}

async function throughProxy(
  name: string,
  scene: Scene,
  readers: Member[],
  pathOf: (n: number) => string,
): Promise<Side> {
  const { system, bare } = scene
  const keys: unknown = await (await fetch(new URL(identity.getSigningKeys.path, system.gatewayUrl))).json()
  const { url, pid } = await bare('bare-proxy', { upstream: `http://127.0.0.1:${system.ports.profiles.http}`, keys })
  let tokens: string[] = []
  return {
    name: `the same ${name} through a bare proxy`,
    prepare: async () => {
      await Promise.all(readers.map((reader) => reader.logIn()))
      tokens = await Promise.all(readers.map((reader) => tokenOf(scene, reader)))
    },
    pids: { 'the proxy': pid },
    call: caller(url, 200, (n) => ({
      path: pathOf(n),
      headers: { authorization: `Bearer ${nth(readers, n).accessToken}`, 'x-internal-token': nth(tokens, n) },
    })),
  }
}

const lists = (scene: Scene) => ['lists', scene, scene.members.slice(0, 1), (n: number) => listPath(scene, n)] as const
export const listsThroughGateway = (scene: Scene): Side => throughGateway(...lists(scene))
export const listsFromService = (scene: Scene): Side => fromService(...lists(scene))
export const listsThroughProxy = (scene: Scene): Promise<Side> => throughProxy(...lists(scene))

/** One command of MongoDB. */
const own = (scene: Scene) => ['own profiles', scene, scene.members, () => profiles.getMyProfile.path] as const
export const ownThroughGateway = (scene: Scene): Side => throughGateway(...own(scene))
export const ownFromService = (scene: Scene): Side => fromService(...own(scene))
export const ownThroughProxy = (scene: Scene): Promise<Side> => throughProxy(...own(scene))
