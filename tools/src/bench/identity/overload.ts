import { identity, profiles } from '@mpics/contracts'
import { nth } from '../cost/scene/calls.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { closedLoop, inTurns, median, type Summary } from '../measuring/measure.js'
import { openLoop } from '../measuring/open-loop.js'
import { spread } from '../cost/report-cost.js'
import { type Answer, asking } from '../measuring/ask.js'
import { type Known, logInOf } from './people.js'

const READS_PER_SECOND = 50
const CALLERS = 8
/** Log-ins wait for two seconds at most, so that so many are under way. */
const CONNECTIONS = 500
/** A p99 wants more than a hundred reads. */
const ROUND = 3
const TIMES = 2
const GOAL = 2.5

interface Round {
  reads: Summary
  answers: Record<string, number>
  accepted: number
}

/** Log-ins at twice the rate that fits, each from a network of its own, and what they do to the reads of members. */
export async function benchOverload(scene: Scene, people: readonly Known[], { rounds, ms }: StackBench): Promise<void> {
  const ask = asking(scene.system.gatewayUrl, CONNECTIONS)
  const logIn = (n: number) => {
    const { path, body } = logInOf(people, n)
    return ask({ path, body, headers: { 'x-forwarded-for': networkOf(n) } })
  }
  const fits = await rateThatFits(logIn, ROUND * ms)
  const under = (logIns: number) => () => loaded(scene, { logIn, logIns, ms: ROUND * ms })
  const measured = await inTurns({ unloaded: under(0), overload: under(TIMES * fits) }, rounds)
  report(fits, measured)
}

const networkOf = (n: number) => `2001:db8:${(n % 0xffff).toString(16)}::1`

async function rateThatFits(logIn: (n: number) => Promise<Answer>, ms: number): Promise<number> {
  const call = async (n: number) => {
    const { status, text } = await logIn(n)
    if (status !== identity.logIn.status) throw new Error(`a log-in was answered ${status}: ${text.slice(0, 500)}`)
  }
  await closedLoop(call, { callers: CALLERS, ms })
  return (await closedLoop(call, { callers: CALLERS, ms })).perSecond
}

interface Load {
  logIn: (n: number) => Promise<Answer>
  logIns: number
  ms: number
}

async function loaded({ system, members }: Scene, { logIn, logIns, ms }: Load): Promise<Round> {
  const ask = asking(system.gatewayUrl)
  await Promise.all(members.map((member) => member.renew()))
  const read = async (n: number) => {
    const headers = { authorization: `Bearer ${nth(members, n).accessToken}` }
    const { status, text } = await ask({ path: profiles.getMyProfile.path, headers })
    if (status !== 200) throw new Error(`a read was answered ${status}: ${text.slice(0, 500)}`)
  }
  const answers: Record<string, number> = {}
  const count = async (n: number) => {
    const kind = kindOf(await logIn(n))
    answers[kind] = (answers[kind] ?? 0) + 1
  }
  const [reads] = await Promise.all([
    openLoop(read, { perSecond: READS_PER_SECOND, ms }),
    openLoop(count, { perSecond: logIns, ms }),
  ])
  return { reads, answers, accepted: ((answers[`${identity.logIn.status}`] ?? 0) * 1000) / ms }
}

function kindOf({ status, headers }: Answer): string {
  if (status < 400) return String(status)
  return headers['retry-after'] === undefined ? `${status} without Retry-After` : `${status} with Retry-After`
}

function report(fits: number, { unloaded, overload }: Record<'unloaded' | 'overload', Round[]>): void {
  console.log(`\noverload (${overload.length} rounds)`)
  console.log(`  ${fits.toFixed(1)} log-ins a second fit, ${(TIMES * fits).toFixed(1)} came`)
  const row = (name: string, rounds: Round[]) => {
    const of = (pick: (reads: Summary) => number) => median(rounds.map(({ reads }) => pick(reads))).toFixed(1)
    console.log(`  ${name.padEnd(34)} p50 ${of(({ p50 }) => p50)} ms, p99 ${of(({ p99 }) => p99)} ms`)
  }
  row(`${READS_PER_SECOND} reads a second alone`, unloaded)
  row('the same beside the log-ins', overload)
  const ratios = overload.map(({ reads }, n) => reads.p99 / unloaded[n]!.reads.p99).sort((a, b) => a - b)
  const isMet = median(ratios) <= GOAL
  console.log(`  ratio p99  ${spread(ratios)}, goal ≤ ${GOAL} ×: ${isMet ? 'met' : 'not met'}`)
  const kinds = [...new Set(overload.flatMap(({ answers }) => Object.keys(answers)))].sort()
  const total = (kind: string) => overload.reduce((sum, { answers }) => sum + (answers[kind] ?? 0), 0)
  console.log(`  log-ins were answered ${kinds.map((kind) => `${kind}: ${total(kind)}`).join(', ')}`)
  console.log(`  accepted a second: ${median(overload.map(({ accepted }) => accepted)).toFixed(1)}`)
}
