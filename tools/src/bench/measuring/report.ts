import { median, type Comparison, type Summary } from './measure.js'

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
