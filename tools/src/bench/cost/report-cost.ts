import { type Service, serviceNames } from '../../environment/system/services.js'
import { type Comparison, median } from '../measuring/measure.js'
import type { Figures } from './figures.js'
import type { Goals, Job, Side } from './scene/job.js'
import type { Trips } from './operation.js'

const fixed = (n: number) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2))

export function reportCost(
  { name, callers, goals }: Job,
  sides: Record<'ours' | 'reference', Side>,
  comparison: Comparison<Figures>,
): void {
  console.log(`\n${name} (${callers} callers, ${comparison.ours.length} rounds)`)
  for (const side of ['ours', 'reference'] as const) console.log(`  ${row(sides[side].name, comparison[side])}`)
  for (const figure of ['cpu', 'p50', 'rate'] as const) console.log(`  ${ratio(figure, comparison, goals)}`)
}

function row(name: string, rounds: Figures[]): string {
  const of = (pick: (round: Figures) => number) => fixed(median(rounds.map(pick)))
  const processes = Object.keys(rounds[0]!.cpuOf).map((each) => [each, of(({ cpuOf }) => cpuOf[each]!)] as const)
  const spent = processes.filter(([, ms]) => ms !== '0.00').map((process) => process.join(' '))
  const cpu = `${of((round) => round.cpu)} ms CPU`
  return `${name.padEnd(34)} ${cpu.padStart(14)}, p50 ${of(({ p50 }) => p50)} ms, ${of(({ rate }) => rate)} /s   (${spent.join(', ')})`
}

function ratio(figure: keyof Goals, { ours, reference }: Comparison<Figures>, goals: Goals): string {
  const all = ours.map((round, i) => round[figure] / reference[i]![figure]).sort((a, b) => a - b)
  const range = `${fixed(median(all))} × (${fixed(all[0]!)}–${fixed(all.at(-1)!)})`
  return `ratio ${figure.padEnd(4)} ${range}${against(figure, median(all), goals[figure])}`
}

function against(figure: keyof Goals, ratio: number, goal: number | undefined): string {
  if (goal === undefined) return ''
  const isMet = figure === 'rate' ? ratio >= goal : ratio <= goal
  return `, goal ${figure === 'rate' ? '≥' : '≤'} ${goal} ×: ${isMet ? 'met' : `${fixed(ratio / goal)} times the goal`}`
}

export function reportOperation(trips: Trips, lines: Map<Service, number>): void {
  const told = serviceNames.flatMap((service) => {
    const parts = { ...trips.get(service), 'lines of the log': lines.get(service) ?? 0 }
    const counted = Object.entries(parts).filter(([, count]) => count >= 0.05)
    return counted.length ? [`${service} ${counted.map(([kind, count]) => `${fixed(count)} ${kind}`).join(', ')}`] : []
  })
  console.log(`  an operation: ${told.join('; ')}`)
}
