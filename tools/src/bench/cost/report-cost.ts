import { type Service, serviceNames } from '../../environment/system/services.js'
import { median } from '../measuring/measure.js'
import { type Figures, isPossible } from './figures.js'
import type { Goals, Job, Side, Sides } from './scene/job.js'
import type { ServiceTrips, Trips } from './operation.js'

const fixed = (n: number) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2))

export type Measured = { [K in keyof Sides]: Figures[] }

/** Resolves to the names of those whose figures cannot be true. */
export function reportCost({ name, callers, goals }: Job, sides: Sides, measured: Measured): string[] {
  const { ours, reference, floor, floorReference } = measured
  console.log(`\n${name} (${callers} callers, ${ours.length} rounds)`)
  const shown = SIDES.flatMap((side) => (measured[side] ? [{ side: sides[side]!, rounds: measured[side] }] : []))
  for (const { side, rounds } of shown) console.log(`  ${row(side.name, rounds)}`)
  for (const figure of ['cpu', 'p50', 'rate'] as const) {
    const ratios = ratiosOf(figure, ours, reference)
    const met = against(figure, median(ratios), goals[figure])
    const toFloor = floor && `; to the floor ${spread(ratiosOf(figure, ours, floor))}`
    const floorTo = floor && `; the floor itself ${spread(ratiosOf(figure, floor, floorReference ?? reference))}`
    const floorToOurs = floor && floorReference && `, to our reference ${spread(ratiosOf(figure, floor, reference))}`
    console.log(
      `  ratio ${figure.padEnd(4)} ${spread(ratios)}${met}${toFloor ?? ''}${floorTo ?? ''}${floorToOurs ?? ''}`,
    )
  }
  return shown.filter(({ rounds }) => !isPossible(rounds)).map(({ side }) => `${name}: ${side.name}`)
}

const SIDES = ['ours', 'reference', 'floor', 'floorReference'] as const

export function row(name: string, rounds: Figures[]): string {
  const of = (pick: (round: Figures) => number) => fixed(median(rounds.map(pick)))
  const processes = Object.keys(rounds[0]!.cpuOf).map((each) => [each, of(({ cpuOf }) => cpuOf[each]!)] as const)
  const spent = processes.filter(([, ms]) => ms !== '0.00').map((process) => process.join(' '))
  const cpu = `${of((round) => round.cpu)} ms CPU`
  const [rate, answered] = [of((round) => round.rate), of((round) => round.answered)]
  const rates = `${rate} /s${answered === rate ? '' : ` (${answered} /s answered)`}`
  return `${name.padEnd(34)} ${cpu.padStart(14)}, p50 ${of(({ p50 }) => p50)} ms, ${rates}, ${of(({ cores }) => cores)} cores   (${spent.join(', ')})`
}

export const ratiosOf = (figure: keyof Goals, some: Figures[], others: Figures[]): number[] =>
  some.map((round, i) => round[figure] / others[i]![figure]).sort((a, b) => a - b)

export const spread = (sorted: number[], unit = ' ×') =>
  `${fixed(median(sorted))}${unit} (${fixed(sorted[0]!)}–${fixed(sorted.at(-1)!)})`

function against(figure: keyof Goals, ratio: number, goal: number | undefined): string {
  if (goal === undefined) return ''
  const isMet = figure === 'rate' ? ratio >= goal : ratio <= goal
  return `, goal ${figure === 'rate' ? '≥' : '≤'} ${goal} ×: ${isMet ? 'met' : `${fixed(ratio / goal)} times the goal`}`
}

/** So little for a call is asked for at rest, too; and so little for an operation is shown as nothing. */
const [AT_REST, SHOWN] = [0.05, 0.005]

export function reportOperation(
  job: string,
  trips: Trips,
  { lines, side }: { lines: ReadonlyMap<Service, number>; side: Pick<Side, 'perCall'> },
): void {
  const least = Math.max(AT_REST / (side.perCall ?? 1), SHOWN)
  const told = (part: keyof ServiceTrips) =>
    serviceNames.flatMap((service) => {
      const logged = part === 'within' && { 'lines of the log': lines.get(service) ?? 0 }
      const counted = Object.entries({ ...trips.get(service)?.[part], ...logged }).filter(([, count]) => count >= least)
      return counted.length
        ? [`${service} ${counted.map(([kind, count]) => `${fixed(count)} ${kind}`).join(', ')}`]
        : []
    })
  console.log(`  ${job}: ${told('within').join('; ') || 'nothing'}`)
  const behind = told('behind')
  if (behind.length > 0) console.log(`    behind it: ${behind.join('; ')}`)
}
