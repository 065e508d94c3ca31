import { setTimeout as delay } from 'node:timers/promises'
import { identity } from '@mpics/contracts'
import { caller } from '../cost/scene/calls.js'
import type { Job, Side } from '../cost/scene/job.js'
import type { Scene } from '../cost/scene/scene.js'
import { asked, asking } from '../measuring/ask.js'

const HANDLED_MS = 1_000
const CALLERS = 8

/** Each session in its turn, so that none refreshes much more often than a person’s would. */
function refreshes({ system, pids }: Scene, refreshTokens: readonly string[]): Side {
  const ask = asking(system.gatewayUrl)
  const waiting = [...refreshTokens]
  const { path, status } = identity.refreshSession
  return {
    name: 'refreshes',
    pids,
    settled: () => delay(HANDLED_MS),
    call: async () => {
      const body = { refreshToken: waiting.shift()! }
      waiting.push((await asked<{ refreshToken: string }>(ask, status, { path, body })).refreshToken)
    },
  }
}

async function bareRefreshes({ bare }: Scene): Promise<Side> {
  const { url, pid } = await bare('bare-es256')
  const authorization = await bareToken(url)
  return {
    name: 'ES256, one check, one signature',
    pids: { 'the program': pid },
    call: caller(url, 200, () => ({ path: '/refreshed', headers: { authorization }, body: {} })),
  }
}

export const bareToken = async (url: string): Promise<string> =>
  `Bearer ${await (await fetch(new URL('/token', url))).text()}`

export const refreshJob = (people: readonly { refreshToken: string }[]): Job => ({
  name: 'refresh',
  callers: CALLERS,
  warmUp: 2_000,
  goals: {},
  sides: async (scene) => ({
    ours: refreshes(
      scene,
      people.map(({ refreshToken }) => refreshToken),
    ),
    reference: await bareRefreshes(scene),
  }),
})
