export interface Sample {
  handled: number
  megabytes: Record<string, number>
}

/** Says how much memory a process had at each fifth of so many, and how it grew: heaps find their size in the first fifth. */
export function tellGrowth(name: string, samples: readonly Sample[], most: number): void {
  const all = samples.map(({ megabytes }) => megabytes[name]!)
  const settled = samples.filter(({ handled }) => handled > most / 5)
  const slope = slopeOf(settled.map(({ handled, megabytes }) => [handled / 1e6, megabytes[name]!]))
  const at = (share: number) => samples.find(({ handled }) => handled >= most * share)!.megabytes[name]!.toFixed(0)
  const marks = [0.2, 0.4, 0.6, 0.8, 1].map(at).join(', ')
  console.log(
    `  ${name.padEnd(34)} largest ${Math.max(...all).toFixed(0)} MB   at each fifth ${marks} MB   slope ${slope.toFixed(1)} MB a million`,
  )
}

/** Least squares. */
function slopeOf(points: readonly [number, number][]): number {
  const mean = (pick: (point: readonly [number, number]) => number) =>
    points.reduce((sum, p) => sum + pick(p), 0) / points.length
  const [x, y] = [mean((p) => p[0]), mean((p) => p[1])]
  return (
    points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0)
  )
}
