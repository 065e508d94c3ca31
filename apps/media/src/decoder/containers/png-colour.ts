import { spaceOfCodePoints } from '../colour/code-points.js'
import { type ColourSpace, GREY, SRGB } from '../colour/colour-space.js'
import { type Curve, roundedGamma } from '../colour/curves.js'
import { gamutOfChromaticities } from '../colour/gamuts.js'
import { spaceOfProfile } from '../colour/read-profile.js'
import type { Chunks } from './png.js'

const UNIT = 100_000
const HAS_COLOUR = 2

/** The first of cICP, iCCP, sRGB and gAMA with cHRM that makes sense (https://www.w3.org/TR/png-3/#4Concepts.ColourSpaces). */
export function colourOfPng(chunks: Chunks, icc: Buffer | undefined): ColourSpace | 'foreign' {
  const isGrey = ((chunks.get('IHDR')?.[9] ?? HAS_COLOUR) & HAS_COLOUR) === 0
  const profile = icc && spaceOfProfile(icc, isGrey)
  const told = byNumbers(chunks.get('cICP')) ?? profile ?? (chunks.has('sRGB') ? SRGB : byGamma(chunks)) ?? SRGB
  if (told === 'foreign' || !isGrey) return told
  return { ...GREY, curve: told.curve }
}

function byNumbers(cicp: Buffer | undefined): ColourSpace | undefined {
  const [primaries = 2, transfer = 2, matrix, isFull] = cicp ?? []
  return matrix === 0 && isFull === 1 ? spaceOfCodePoints(primaries, transfer) : undefined
}

/** Within 5 %, libpng does not tell a gamma from that of a screen. */
const [SCREEN, ABOUT] = [2.2, 0.05]

function byGamma(chunks: Chunks): ColourSpace | undefined {
  const gamma = UNIT / (numbersOf(chunks.get('gAMA'), 1)?.[0] ?? 0)
  if (!(gamma >= 0.5 && gamma <= 4)) return undefined
  const gamut = gamutOf(chunks.get('cHRM')) ?? 'sRGB'
  const isOrdinary = gamut === 'sRGB' && Math.abs(gamma / SCREEN - 1) <= ABOUT
  const curve: Curve = isOrdinary ? 'srgb' : roundedGamma(gamma)
  return { gamut, curve }
}

function gamutOf(chrm: Buffer | undefined): ReturnType<typeof gamutOfChromaticities> {
  const [whiteX = 0, whiteY = 0, ...primaries] = numbersOf(chrm, 8) ?? []
  return gamutOfChromaticities([...primaries, whiteX, whiteY].map((value) => value / UNIT))
}

const numbersOf = (chunk: Buffer | undefined, count: number): number[] | undefined =>
  chunk?.length === 4 * count ? Array.from({ length: count }, (_, n) => chunk.readUInt32BE(4 * n)) : undefined
