import { median, type Comparison, type Summary } from './measure.js'

const fixed = (n: number) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2))

function row(label: string, rounds: Summary[]): void {
  const of = (pick: (s: Summary) => number) => fixed(median(rounds.map(pick)))
  console.log(
    `  ${label.padEnd(34)} p50 ${of((s) => s.p50).padStart(7)} ms   p99 ${of((s) => s.p99).padStart(7)} ms   ${of((s) => s.perSecond).padStart(7)} /s`,
  )
}

const ratios = ({ ours, reference }: Comparison, pick: (s: Summary) => number) => {
  const all = ours.map((s, i) => pick(s) / pick(reference[i]!)).sort((a, b) => a - b)
  return `${fixed(median(all))} (${fixed(all[0]!)}–${fixed(all.at(-1)!)})`
}

/** Medians over the rounds, and the ratios round by round, which noise moves less. */
export function report(title: string, names: { ours: string; reference: string }, comparison: Comparison): void {
  console.log(`\n${title} (${comparison.ours.length} rounds)`)
  row(names.ours, comparison.ours)
  row(names.reference, comparison.reference)
  console.log(
    `  ratio ours / reference             p50 ${ratios(comparison, (s) => s.p50)}   p99 ${ratios(comparison, (s) => s.p99)}   rate ${ratios(comparison, (s) => s.perSecond)}`,
  )
}
