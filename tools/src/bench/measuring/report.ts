import { areThere, refuse } from './cores.js'
import { median, type Comparison, type Summary } from './measure.js'
import type { Costed } from './process-figures.js'

const fixed = (n: number) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2))

function row(label: string, rounds: Summary[]): void {
  const of = (pick: (s: Summary) => number) => fixed(median(rounds.map(pick)))
  console.log(
    `  ${label.padEnd(34)} p50 ${of((s) => s.p50).padStart(7)} ms   p99 ${of((s) => s.p99).padStart(7)} ms   ${of((s) => s.perSecond).padStart(7)} /s`,
  )
}

const ratios = ({ ours, reference }: Comparison<Summary>, pick: (s: Summary) => number) => {
  const all = ours.map((s, i) => pick(s) / pick(reference[i]!)).sort((a, b) => a - b)
  return spread(all)
}

const spread = (sorted: number[]) => `${fixed(median(sorted))} (${fixed(sorted[0]!)}–${fixed(sorted.at(-1)!)})`

/** Medians over the rounds, and the ratios round by round, which noise moves less. */
export function report(
  title: string,
  names: { ours: string; reference: string },
  comparison: Comparison<Summary>,
): void {
  console.log(`\n${title} (${comparison.ours.length} rounds)`)
  row(names.ours, comparison.ours)
  row(names.reference, comparison.reference)
  console.log(
    `  ratio ours / reference             p50 ${ratios(comparison, (s) => s.p50)}   p99 ${ratios(comparison, (s) => s.p99)}   rate ${ratios(comparison, (s) => s.perSecond)}`,
  )
}

/** As `report`, with the CPU of each operation: means, since the kernel counts it in hundredths of a second. Ends where that cannot be true. */
export function reportCosts(
  title: string,
  names: { ours: string; reference: string },
  comparison: Comparison<Costed>,
): void {
  report(title, names, comparison)
  const [ours, reference] = [meanCosts(comparison.ours), meanCosts(comparison.reference)]
  costRow(names.ours, ours)
  costRow(names.reference, reference)
  console.log(`  ratio of their CPU                 ${fixed(total(ours) / total(reference))}`)
  refuse((['ours', 'reference'] as const).filter((side) => !areThere(comparison[side])).map((side) => names[side]))
}

const total = (costs: Record<string, number>) => sum(Object.values(costs))
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)

function meanCosts(rounds: Costed[]): Record<string, number> {
  const mean = (name: string) => sum(rounds.map(({ cpuOf }) => cpuOf[name]!)) / rounds.length
  return Object.fromEntries(Object.keys(rounds[0]!.cpuOf).map((name) => [name, mean(name)]))
}

function costRow(label: string, costs: Record<string, number>): void {
  const each = Object.entries(costs).map(([name, ms]) => `${name} ${fixed(ms)}`)
  console.log(`  ${label.padEnd(34)} CPU ${fixed(total(costs)).padStart(7)} ms for each   (${each.join(', ')})`)
}

export interface Throughput {
  perSecond: number
  /** Spent for each operation, by process. */
  cpuMicros: Record<string, number>
}

/** For what runs flat out: rates, and what each operation costs, which a busy machine moves less. */
export function reportRates(
  title: string,
  names: { ours: string; reference: string },
  { ours, reference }: Comparison<Throughput>,
): void {
  console.log(`\n${title} (${ours.length} rounds)`)
  rateRow(names.ours, ours)
  rateRow(names.reference, reference)
  const rates = ours.map((s, i) => s.perSecond / reference[i]!.perSecond).sort((a, b) => a - b)
  console.log(`  ratio ours / reference             ${spread(rates)}`)
}

function rateRow(label: string, rounds: Throughput[]): void {
  const spenders = Object.keys(rounds[0]!.cpuMicros).map(
    (name) => `${name} ${fixed(median(rounds.map(({ cpuMicros }) => cpuMicros[name]!)))} µs`,
  )
  const rate = fixed(median(rounds.map(({ perSecond }) => perSecond)))
  console.log(`  ${label.padEnd(34)} ${rate.padStart(7)} /s   CPU for each: ${spenders.join(', ')}`)
}
