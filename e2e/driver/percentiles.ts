const BUCKET = /^http_request_duration_seconds_bucket\{(.*)\} (\d+)$/gm

/** By route, the bound below which 95 of 100 requests stayed, as Prometheus reads it from a histogram. */
export function p95ByRoute(metrics: string): Map<string, number> {
  const buckets = new Map<string, Map<number, number>>()
  for (const [, labels, count] of metrics.matchAll(BUCKET)) {
    const label = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(labels!)?.[1] ?? ''
    const [route, bound] = [label('route'), label('le') === '+Inf' ? Infinity : Number(label('le'))]
    const counts = buckets.get(route) ?? new Map<number, number>()
    buckets.set(route, counts.set(bound, (counts.get(bound) ?? 0) + Number(count)))
  }
  const p95 = (counts: ReadonlyMap<number, number>) =>
    [...counts].filter(([, n]) => n >= 0.95 * counts.get(Infinity)!).map(([bound]) => bound)
  return new Map([...buckets].map(([route, counts]) => [route, Math.min(...p95(counts))]))
}
