import { setTimeout as delay } from 'node:timers/promises'
import { ApiClient } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import { closedLoop } from '../../measuring/measure.js'
import { caller, nth } from '../scene/calls.js'
import { clonedAccounts } from '../scene/clones.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

/** The events of the last log-ins are handled within this time; at rest all services together use little of it. */
const HANDLED_MS = 1_000
/** So many that none has twenty sessions, of which each further one ends another. */
export const ACCOUNTS = 250
const CALLERS = 4

type Credentials = { login: string; password: string; browserToken?: string }

async function logIns(name: string, { system, members, pids }: Scene) {
  const { accountId, person } = members[0]!
  const handles = await clonedAccounts(system, accountId, ACCOUNTS)
  const all: Credentials[] = handles.map((login) => ({ login, password: person.password }))
  const side: Side = {
    name,
    pids,
    settled: () => delay(HANDLED_MS),
    call: caller(system.gatewayUrl, identity.logIn.status, (n) => ({ path: identity.logIn.path, body: nth(all, n) })),
  }
  return { side, all }
}

/** Their owners get a mail about each. */
export const logInsFromNewBrowsers = async (scene: Scene): Promise<Side> =>
  (await logIns('log-ins from new browsers', scene)).side

export async function logInsFromKnownBrowsers(scene: Scene): Promise<Side> {
  const { side, all } = await logIns('log-ins from known browsers', scene)
  const api = new ApiClient(scene.system.gatewayUrl)
  const remember = async (n: number) => {
    const { browserToken } = await api.call(identity.logIn, { body: all[n]! })
    all[n]!.browserToken = browserToken!
  }
  await closedLoop(remember, { callers: CALLERS, times: ACCOUNTS })
  // they make no event: what the others use meanwhile they use at rest
  const { gateway, identity: ofIdentity, mongod } = scene.pids
  return { ...side, pids: { gateway, identity: ofIdentity, mongod } }
}

export async function bareArgon2({ bare }: Scene): Promise<Side> {
  const { url, pid } = await bare('bare-argon2')
  return {
    name: 'argon2id, one comparison',
    pids: { 'the program': pid },
    call: caller(url, 200, () => ({ path: '/', body: {} })),
  }
}
