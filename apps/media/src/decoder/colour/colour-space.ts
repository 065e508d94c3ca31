import type { Curve } from './curves.js'
import type { Gamut } from './gamuts.js'

/** What the values of a picture mean, in words of ours: nothing of whoever made the file is left in them. */
export interface ColourSpace {
  gamut: Gamut | 'grey'
  curve: Curve
}

/** Every program takes a picture that says nothing for sRGB. */
export const isPlain = ({ gamut, curve }: ColourSpace): boolean =>
  (gamut === 'sRGB' || gamut === 'grey') && curve === 'srgb'

export const SRGB: ColourSpace = { gamut: 'sRGB', curve: 'srgb' }
export const GREY: ColourSpace = { gamut: 'grey', curve: 'srgb' }
