import { apply, diagonal, inverse, type Matrix, multiplied, times, transposed, type Vector } from './matrix.js'

type XY = readonly [number, number]
/** Red, green, blue and white on the chromaticity diagram. */
type Chromaticities = readonly [XY, XY, XY, XY]

const D65: XY = [0.3127, 0.329]
const D50: XY = [0.3457, 0.3585]

/** The gamuts that pictures come in (ITU-T H.273 §8.1, and the makers of cameras and image editors). */
const GAMUTS = {
  sRGB: [[0.64, 0.33], [0.3, 0.6], [0.15, 0.06], D65],
  'Display P3': [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06], D65],
  'Compatible with Adobe RGB (1998)': [[0.64, 0.33], [0.21, 0.71], [0.15, 0.06], D65],
  'Rec. 2020': [[0.708, 0.292], [0.17, 0.797], [0.131, 0.046], D65],
  'ProPhoto RGB': [[0.734699, 0.265301], [0.159597, 0.840403], [0.036598, 0.000105], D50],
  'DCI-P3': [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
    [0.314, 0.351],
  ],
  'Wide Gamut RGB': [[0.735, 0.265], [0.115, 0.826], [0.157, 0.018], D50],
  'Apple RGB': [[0.625, 0.34], [0.28, 0.595], [0.155, 0.07], D65],
  'Rec. 601 (525)': [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07], D65],
  'Rec. 601 (625)': [[0.64, 0.33], [0.29, 0.6], [0.15, 0.06], D65],
} as const satisfies Record<string, Chromaticities>

export type Gamut = keyof typeof GAMUTS
const NAMES = Object.keys(GAMUTS) as Gamut[]

/** The white of profiles (ICC.1:2022 §7.2.16). */
export const PROFILE_WHITE: Vector = [0.9642, 1, 0.8249]

const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
]

const lightOf = ([x, y]: XY): Vector => [x / y, 1, (1 - x - y) / y]

/** Takes light under a white to what it looks like under the white of profiles (ICC.1:2022 annex E). */
export function adaptationOf(gamut: Gamut): Matrix {
  const [from, to] = [apply(BRADFORD, lightOf(GAMUTS[gamut][3])), apply(BRADFORD, PROFILE_WHITE)]
  const scale = diagonal([to[0] / from[0], to[1] / from[1], to[2] / from[2]])
  return multiplied(inverse(BRADFORD), multiplied(scale, BRADFORD))
}

/** Its columns are the lights of red, green and blue under the white of profiles. */
export function colorantsOf(gamut: Gamut): Matrix {
  const [red, green, blue, white] = GAMUTS[gamut]
  const lights: Matrix = [lightOf(red), lightOf(green), lightOf(blue)]
  const [r, g, b] = apply(inverse(transposed(lights)), lightOf(white))
  const scaled = transposed([times(lights[0], r), times(lights[1], g), times(lights[2], b)])
  return multiplied(adaptationOf(gamut), scaled)
}

/** Profiles round their numbers, and differ in the white that they adapt from. */
const SAME_COLORANTS = 0.004
const SAME_CHROMATICITIES = 0.004

const farthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Infinity))))

function nearest(differenceFrom: (gamut: Gamut) => number, allowed: number): Gamut | undefined {
  const [first] = NAMES.map((gamut) => ({ gamut, by: differenceFrom(gamut) })).sort((a, b) => a.by - b.by)
  return first && first.by <= allowed ? first.gamut : undefined
}

export const gamutOfColorants = (colorants: Matrix): Gamut | undefined =>
  nearest((gamut) => farthest(colorants.flat(), colorantsOf(gamut).flat()), SAME_COLORANTS)

export const gamutOfChromaticities = (told: readonly number[]): Gamut | undefined =>
  nearest((gamut) => farthest(GAMUTS[gamut].flat(), told), SAME_CHROMATICITIES)
