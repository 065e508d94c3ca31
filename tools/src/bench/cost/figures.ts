import { availableParallelism } from 'node:os'
import { closedLoop, type Loop, median, type Summary } from '../measuring/measure.js'
import { perOperation, spent } from '../measuring/process-figures.js'
import type { Side } from './scene/job.js'

export interface Figures {
  operations: number
  /** Operations a second, of which the last is done. */
  rate: number
  /** Answers a second; what they began may go on behind them. */
  answered: number
  p50: number
  cpu: number
  cpuOf: Record<string, number>
}

/** The last operations of a round are done up to a second after their answers, however long it is. */
const LEAST_MS = 5_000
const TOLERANCE = 1.1

export async function round(side: Side, loop: Loop): Promise<Figures> {
  await side.prepare?.()
  const lasting = 'ms' in loop && side.done ? { ...loop, ms: Math.max(loop.ms, LEAST_MS) } : loop
  const [measured, seconds] = await spent(side.pids, async () => {
    const began = performance.now()
    const summary = await closedLoop(side.call, lasting)
    await side.done?.()
    const doneAfter = (performance.now() - began) / 1000
    await side.settled?.()
    return { summary, ...(side.done && { doneAfter }) }
  })
  return figuresOf(measured, seconds, side.perCall)
}

interface Measured {
  summary: Summary
  /** Seconds until the last operation was done, where that is not its answer. */
  doneAfter?: number
}

/** `seconds`: of processor time, by process. */
export function figuresOf({ summary, doneAfter }: Measured, seconds: Record<string, number>, perCall = 1): Figures {
  const operations = summary.count * perCall
  const cpuOf = perOperation(seconds, operations)
  const cpu = Object.values(cpuOf).reduce((sum, ms) => sum + ms, 0)
  const answered = summary.perSecond * perCall
  const rate = doneAfter === undefined ? answered : operations / doneAfter
  return { operations, rate, answered, p50: summary.p50, cpu, cpuOf }
}

/** How many cores its operations keep busy at its rate. */
export const coresOf = ({ cpu, rate }: Figures): number => (cpu * rate) / 1000

/** More cores than there are mean that rate and processor time are not of the same work. */
export const isPossible = (rounds: Figures[], available = availableParallelism()): boolean =>
  median(rounds.map(coresOf)) <= available * TOLERANCE
