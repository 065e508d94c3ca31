import { holdings } from '@mpics/service-kit'

/** Names that are nowhere stated, each once, with where it was seen. */
export function unstated(
  place: string,
  home: string,
  seen: Iterable<readonly [name: string, where: string]>,
): string[] {
  const { fields } = holdings.find((each) => each.place === place)!
  const unknown = new Map([...seen].filter(([name]) => !Object.hasOwn(fields, name)))
  return [...unknown]
    .sort()
    .map(([name, where]) => `${name}, seen in ${where}, is not among the ${place}: state it in ${home}`)
}

/** A sentence for each name that is on one side alone. */
export const differences = (existing: readonly string[], stated: readonly string[]) => [
  ...existing
    .filter((name) => !stated.includes(name))
    .map((name) => `${name} exists, and the catalogue does not state it`),
  ...stated.filter((name) => !existing.includes(name)).map((name) => `${name} is stated, and does not exist`),
]

/** Each label in what /metrics shows, with its metric. */
export function labelsIn(metrics: string): (readonly [metric: string, label: string])[] {
  const series = [...metrics.matchAll(/^(\w+)\{(.*)\} /gm)]
  return series.flatMap(([, metric, pairs]) =>
    [...pairs!.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label]) => [metric!, label!] as const),
  )
}
