import type { ColourSpace } from './colour-space.js'
import { type Curve, lightOf } from './curves.js'
import { colorantsOf, type Gamut } from './gamuts.js'
import { inverse, multiplied } from './matrix.js'

const FINE = 4095

/** Converts in place: libvips leaves the colours as they are where a file tells of them by numbers. */
export function toSrgb(data: Buffer, channels: number, { gamut, curve }: ColourSpace & { gamut: Gamut }): void {
  const [red, green, blue] = multiplied(inverse(colorantsOf('sRGB')), colorantsOf(gamut))
  const [light, value] = [lightTable(curve), valueTable()]
  const written = (of: number) => value[Math.round(Math.min(1, Math.max(0, of)) * FINE)]!
  // without an array for each of fifty million pixels
  for (let at = 0; at + 2 < data.length; at += channels) {
    const r = light[data[at]!]!
    const g = light[data[at + 1]!]!
    const b = light[data[at + 2]!]!
    data[at] = written(red[0] * r + red[1] * g + red[2] * b)
    data[at + 1] = written(green[0] * r + green[1] * g + green[2] * b)
    data[at + 2] = written(blue[0] * r + blue[1] * g + blue[2] * b)
  }
}

const lightTable = (curve: Curve) => Float64Array.from({ length: 256 }, (_, n) => lightOf(curve, n / 255))

/** Its steps are fine enough for dark colours. */
function valueTable(): Uint8Array {
  return Uint8Array.from({ length: FINE + 1 }, (_, n) => {
    const light = n / FINE
    return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055))
  })
}
