/** Light by value, both from 0 to 1. A number is the exponent of a power. */
export type Curve = 'srgb' | 'bt709' | 'pq' | 'hlg' | number

/** Parameters of `(a·v + b)^g`, and `c·v` below `d` (ICC.1:2022 §10.18, function 3). */
export const PARAMETERS = {
  srgb: { g: 2.4, a: 1 / 1.055, b: 0.055 / 1.055, c: 1 / 12.92, d: 0.04045 },
  bt709: { g: 1 / 0.45, a: 1 / 1.099, b: 0.099 / 1.099, c: 1 / 4.5, d: 0.081 },
} as const

/** Of diffuse white in HDR pictures (ITU-R BT.2408 §2.1). What is brighter becomes white. */
const WHITE_NITS = 203

export function lightOf(curve: Curve, value: number): number {
  if (typeof curve === 'number') return value ** curve
  if (curve === 'pq') return Math.min(1, pqNits(value) / WHITE_NITS)
  if (curve === 'hlg') return Math.min(1, (hlgScene(value) / hlgScene(0.75)) ** 1.2)
  const { g, a, b, c, d } = PARAMETERS[curve]
  return value < d ? c * value : (a * value + b) ** g
}

/** SMPTE ST 2084. */
function pqNits(value: number): number {
  const power = value ** (1 / 78.84375)
  return 10_000 * (Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125)
}

/** ITU-R BT.2100 table 5. */
const hlgScene = (value: number): number =>
  value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12

const STEPS_OF_GAMMA = 20
/** Exponents in steps of 0.05: who made a profile cannot be told from what is kept of it. */
export const roundedGamma = (gamma: number): number => Math.round(gamma * STEPS_OF_GAMMA) / STEPS_OF_GAMMA

const SAMPLES = [1 / 64, 1 / 32, ...Array.from({ length: 16 }, (_, n) => (n + 1) / 16)]
/** As the eye sees it, about two of 255 steps. */
const SAME = 0.009
const seen = (light: number) => Math.max(0, light) ** (1 / 2.2)

/** The known curve that goes as this one. */
export function curveLike(light: (value: number) => number): Curve | undefined {
  const gamma = roundedGamma(Math.log(light(0.5)) / Math.log(0.5))
  const candidates: Curve[] = ['srgb', 'bt709', ...(gamma >= 0.5 && gamma <= 4 ? [gamma] : [])]
  const difference = (curve: Curve) =>
    Math.max(...SAMPLES.map((value) => Math.abs(seen(light(value)) - seen(lightOf(curve, value)))))
  const [best] = candidates.map((curve) => ({ curve, by: difference(curve) })).sort((a, b) => a.by - b.by)
  return best && best.by <= SAME ? best.curve : undefined
}
