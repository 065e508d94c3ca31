import { setTimeout as delay } from 'node:timers/promises'
import { identity } from '@mpics/contracts'
import { floorLogIns } from '../cost/jobs/floors.js'
import { bareArgon2 } from '../cost/jobs/log-in.js'
import { caller } from '../cost/scene/calls.js'
import type { Job, Side } from '../cost/scene/job.js'
import type { Scene } from '../cost/scene/scene.js'
import { type Known, logInOf } from './people.js'

/** The events of the last log-ins are handled within this time. */
const HANDLED_MS = 1_000
export const LOG_IN_CALLERS = 4

export const knownLogIns = ({ system, pids }: Scene, people: readonly Known[]): Side => ({
  name: 'log-ins from known browsers',
  pids,
  settled: () => delay(HANDLED_MS),
  call: caller(system.gatewayUrl, identity.logIn.status, (n) => logInOf(people, n)),
})

export const logInJob = (people: readonly Known[]): Job => ({
  name: 'log-in',
  callers: LOG_IN_CALLERS,
  warmUp: 400,
  goals: { cpu: 1.35 },
  sides: async (scene) => ({
    ours: knownLogIns(scene, people),
    reference: await bareArgon2(scene),
    floor: await floorLogIns(scene),
  }),
})
