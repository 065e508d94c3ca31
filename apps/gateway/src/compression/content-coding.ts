const codings = ['br', 'gzip'] as const
export type Coding = (typeof codings)[number]

/** A client's list needs no more; what stands behind is not read. */
const MAX_LENGTH = 400

function weightsOf(field: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const part of field.slice(0, MAX_LENGTH).toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((one) => one.trim())
    const weight = parameters.map((one) => /^q=([\d.]+)$/.exec(one)?.[1]).find(Boolean)
    weights.set(name.replace('x-gzip', 'gzip'), Number(weight ?? 1))
  }
  return weights
}

/** Chooses by `Accept-Encoding` (RFC 9110 §12.5.3); of two that are as welcome the shorter. Undefined: no coding. */
export function codingFor(acceptEncoding: string | undefined): Coding | undefined {
  const weights = weightsOf(acceptEncoding ?? '')
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0
  const best = codings.reduce((most, one) => (weightOf(one) > weightOf(most) ? one : most))
  return weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0) ? best : undefined
}
