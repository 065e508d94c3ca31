import { setTimeout as delay } from 'node:timers/promises'
import { ApiClient, CookieJar } from '@mpics/api-client'
import { identity } from '@mpics/contracts'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

/** The events of the last log-ins are handled within this time; at rest all services together use little of it. */
const HANDLED_MS = 1_000

const logIns = (name: string, { system, members, pids }: Scene, cookieOf: (n: number) => string | undefined): Side => ({
  name,
  pids,
  settled: () => delay(HANDLED_MS),
  call: caller(system.gatewayUrl, identity.logIn.status, (n) => {
    const { handle, password } = nth(members, n).person
    const cookie = cookieOf(n)
    return {
      path: identity.logIn.path,
      body: { login: handle, password },
      ...(cookie && { headers: { cookie } }),
    }
  }),
})

/** Their owners get a mail about each. */
export const logInsFromNewBrowsers = (scene: Scene): Side => logIns('log-ins from new browsers', scene, () => undefined)

export function logInsFromKnownBrowsers(scene: Scene): Side {
  const { members } = scene
  let cookies: (string | undefined)[] = []
  const remember = async () => {
    const jars = members.map(() => new CookieJar())
    await Promise.all(
      members.map(({ person: { handle: login, password } }, n) =>
        new ApiClient(scene.system.gatewayUrl, { cookies: jars[n]! }).call(identity.logIn, {
          body: { login, password },
        }),
      ),
    )
    cookies = jars.map((jar) => jar.header())
  }
  const side = logIns('log-ins from known browsers', scene, (n) => nth(cookies, n))
  return { ...side, prepare: async () => cookies.length > 0 || remember() }
}

export async function bareArgon2({ bare }: Scene): Promise<Side> {
  const { url, pid } = await bare('bare-argon2')
  return {
    name: 'argon2id, one comparison',
    pids: { 'the program': pid },
    call: caller(url, 200, () => ({ path: '/', body: {} })),
  }
}
