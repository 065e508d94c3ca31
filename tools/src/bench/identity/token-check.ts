import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importJWK, type JWK, SignJWT } from 'jose'
import { type Figures, isPossible, round } from '../cost/figures.js'
import { row, spread } from '../cost/report-cost.js'
import { caller, nth } from '../cost/scene/calls.js'
import type { Side } from '../cost/scene/job.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { refuse } from '../measuring/cores.js'
import { inTurns } from '../measuring/measure.js'
import { bareToken } from './refreshes.js'

/** The gateway answers it alone, and checks a token that comes with it all the same. */
const PATH = '/.well-known/security.txt'
/** More than the gateway remembers, so that each is new to it. */
const TOKENS = 20_000
const CALLERS = 8
const WARM_UP = 4

/** What the check of an access token adds to a request, beside what a bare one adds to a bare request. */
export async function benchTokenCheck(scene: Scene, { rounds, ms }: StackBench): Promise<void> {
  const sides = { ...ours(scene, await tokensOf(scene)), ...(await bare(scene)) }
  const roundOf = (side: Side) => (warmsUp: boolean) =>
    round(side, { callers: CALLERS, ms: warmsUp ? WARM_UP * ms : ms })
  const measured = await inTurns(
    {
      fresh: roundOf(sides.fresh),
      known: roundOf(sides.known),
      none: roundOf(sides.none),
      bareCheck: roundOf(sides.bareCheck),
      bareNone: roundOf(sides.bareNone),
    },
    rounds,
  )
  console.log(`\ntoken check (${CALLERS} callers, ${rounds} rounds)`)
  for (const [key, figures] of Object.entries(measured) as [keyof typeof sides, Figures[]][])
    console.log(`  ${row(sides[key].name, figures)}`)
  const adds = (checked: Figures[], unchecked: Figures[]) => checked.map(({ cpu }, n) => cpu - unchecked[n]!.cpu)
  const least = adds(measured.bareCheck, measured.bareNone)
  const against = (figures: Figures[]) => adds(figures, measured.none).map((cpu, n) => cpu / least[n]!)
  console.log(`  a bare check adds ${inMicros(least)} µs of CPU to a request`)
  console.log(
    `  a token that is new ${inMicros(adds(measured.fresh, measured.none))} µs, ratio ${spread(sorted(against(measured.fresh)))}`,
  )
  console.log(
    `  one that was checked before ${inMicros(adds(measured.known, measured.none))} µs, ratio ${spread(sorted(against(measured.known)))}`,
  )
  refuse(Object.entries(measured).flatMap(([name, figures]) => (isPossible(figures) ? [] : [name])))
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
const inMicros = (cpu: readonly number[]) => spread(sorted(cpu.map((ms) => ms * 1000)), '')

function ours({ system, pids }: Scene, tokens: readonly string[]) {
  const side = (name: string, headersOf?: (n: number) => Record<string, string>): Side => ({
    name,
    pids: { gateway: pids['gateway'] },
    call: caller(system.gatewayUrl, 200, (n) => ({ path: PATH, ...(headersOf && { headers: headersOf(n) }) })),
  })
  return {
    fresh: side('gateway, a new token each time', (n) => ({ authorization: `Bearer ${nth(tokens, n)}` })),
    known: side('gateway, the same token', () => ({ authorization: `Bearer ${tokens[0]}` })),
    none: side('gateway, without a token'),
  }
}

async function bare(scene: Scene): Promise<Record<'bareCheck' | 'bareNone', Side>> {
  const { url, pid } = await scene.bare('bare-es256')
  const authorization = await bareToken(url)
  const pids = { 'the program': pid }
  return {
    bareCheck: {
      name: 'ES256, one check',
      pids,
      call: caller(url, 200, () => ({ path: '/checked', headers: { authorization } })),
    },
    bareNone: { name: 'the same program, no check', pids, call: caller(url, 200, () => ({ path: '/' })) },
  }
}

/** As identity signs them, with the key of this installation: to get so many from it would take minutes. */
async function tokensOf({ folder, system, members }: Scene): Promise<string[]> {
  const { signing } = JSON.parse(await readFile(join(folder, 'keys/secrets.json'), 'utf8')) as { signing: JWK[] }
  const [jwk] = signing
  const key = await importJWK(jwk!, 'ES256')
  const { accountId, sessionId } = members[0]!
  const now = Math.floor(Date.now() / 1000)
  const sign = (n: number) =>
    new SignJWT({ sid: sessionId, auth_time: now, roles: ['member'], rv: 0, client_id: 'log-in' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: jwk!.kid! })
      .setIssuer(system.gatewayUrl)
      .setAudience('mpics')
      .setSubject(accountId)
      .setJti(String(n))
      .setIssuedAt(now)
      .setExpirationTime(now + 600)
      .sign(key)
  const tokens: string[] = []
  for (let n = 0; n < TOKENS; n++) tokens.push(await sign(n))
  return tokens
}
