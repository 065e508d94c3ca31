import type { ColourSpace } from './colour-space.js'
import type { Curve } from './curves.js'
import type { Gamut } from './gamuts.js'

/** ITU-T H.273 §8.1; 2 is "unspecified". */
const PRIMARIES: Readonly<Record<number, Gamut>> = {
  1: 'sRGB',
  2: 'sRGB',
  5: 'Rec. 601 (625)',
  6: 'Rec. 601 (525)',
  7: 'Rec. 601 (525)',
  9: 'Rec. 2020',
  11: 'DCI-P3',
  12: 'Display P3',
}

/** ITU-T H.273 §8.2. Browsers show the curves of video (1, 6, 14, 15) as sRGB. */
const TRANSFERS: Readonly<Record<number, Curve>> = {
  1: 'srgb',
  2: 'srgb',
  4: 2.2,
  5: 2.8,
  6: 'srgb',
  8: 1,
  13: 'srgb',
  14: 'srgb',
  15: 'srgb',
  16: 'pq',
  18: 'hlg',
}

/** Undefined for numbers that no picture needs. */
export function spaceOfCodePoints(primaries: number, transfer: number): (ColourSpace & { gamut: Gamut }) | undefined {
  const [gamut, curve] = [PRIMARIES[primaries], TRANSFERS[transfer]]
  return gamut && curve !== undefined ? { gamut, curve } : undefined
}

const codeOf = (table: Readonly<Record<number, Gamut | Curve>>, wanted: Gamut | Curve): number =>
  Number(Object.keys(table).find((code) => table[Number(code)] === wanted) ?? 2)

export const codePointsOf = ({ gamut, curve }: ColourSpace): [number, number] => [
  gamut === 'grey' ? 1 : codeOf(PRIMARIES, gamut),
  curve === 'srgb' ? 13 : codeOf(TRANSFERS, curve),
]
