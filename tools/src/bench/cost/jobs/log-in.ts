import { setTimeout as delay } from 'node:timers/promises'
import { identity } from '@mpics/contracts'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

/** The events of the last log-ins are handled within this time; at rest all services together use little of it. */
const HANDLED_MS = 1_000

export const logIns = ({ system, members, pids }: Scene): Side => ({
  name: 'log-ins of members',
  pids,
  settled: () => delay(HANDLED_MS),
  call: caller(system.gatewayUrl, identity.logIn.status, (n) => {
    const { handle, password } = nth(members, n).person
    return { path: identity.logIn.path, body: { login: handle, password } }
  }),
})

export async function bareArgon2({ bare }: Scene): Promise<Side> {
  const { url, pid } = await bare('bare-argon2')
  return {
    name: 'argon2id, one comparison',
    pids: { 'the program': pid },
    call: caller(url, 200, () => ({ path: '/', body: {} })),
  }
}
