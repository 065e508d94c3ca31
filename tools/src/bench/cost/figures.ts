import { closedLoop, type Loop, type Summary } from '../measuring/measure.js'
import { areThere, type Busy, upperMedian } from '../measuring/cores.js'
import { shared, spent, withAsking } from '../measuring/process-figures.js'
import type { Side } from './scene/job.js'

export interface Figures extends Busy {
  operations: number
  /** Operations a second, of which the last is done. */
  rate: number
  /** Answers a second; what they began may go on behind them. */
  answered: number
  p50: number
  cpu: number
  cpuOf: Record<string, number>
  /** The part of its processor time that it takes when the time of its rate is over. */
  behind: number
}

/** The last operations of a round are done up to a second after their answers, however long it is. */
const LEAST_MS = 5_000
const MOST_BEHIND = 0.5

export async function round(side: Side, loop: Loop): Promise<Figures> {
  await side.prepare?.()
  const lasting = 'ms' in loop && side.done ? { ...loop, ms: Math.max(loop.ms, LEAST_MS) } : loop
  const pids = withAsking(side.pids)
  const began = performance.now()
  const since = () => (performance.now() - began) / 1000
  const [[summary, doneAfter], seconds] = await spent(pids, async () => {
    const summary = await closedLoop(side.call, lasting)
    await side.done?.()
    return [summary, since()] as const
  })
  const [, behind] = await spent(pids, async () => side.settled?.())
  return figuresOf({ summary, ...(side.done && { doneAfter }), seconds, behind, elapsed: since() }, side.perCall)
}

interface Measured {
  summary: Summary
  /** Seconds until the last operation was done, where that is not its answer. */
  doneAfter?: number
  /** Of processors, by process: until then, and behind it. */
  seconds: Record<string, number>
  behind: Record<string, number>
  /** Seconds until all rested. */
  elapsed: number
}

export function figuresOf({ summary, doneAfter, seconds, behind, elapsed }: Measured, perCall = 1): Figures {
  const operations = summary.count * perCall
  const all = Object.fromEntries(Object.entries(seconds).map(([name, s]) => [name, s + behind[name]!]))
  const { cores, cpuOf } = shared(all, operations, elapsed)
  const cpu = totalOf(cpuOf)
  const answered = summary.perSecond * perCall
  const rate = doneAfter === undefined ? answered : operations / doneAfter
  const later = totalOf(shared(behind, operations, elapsed).cpuOf)
  return { operations, rate, answered, p50: summary.p50, cpu, cpuOf, cores, behind: cpu && later / cpu }
}

const totalOf = (cpuOf: Record<string, number>) => Object.values(cpuOf).reduce((sum, ms) => sum + ms, 0)

/** A rate is not that of work of which most is done when its time is over. */
export const isPossible = (rounds: Figures[], available?: number): boolean =>
  areThere(rounds, available) && upperMedian(rounds.map(({ behind }) => behind)) <= MOST_BEHIND
