import type { ColourSpace } from './colour-space.js'
import { type Curve, curveLike } from './curves.js'
import { gamutOfColorants } from './gamuts.js'
import { transposed, type Vector } from './matrix.js'

const [HEADER_BYTES, ENTRY_BYTES, MAX_TAGS] = [128, 12, 100]
type Tags = ReadonlyMap<string, Buffer>

/**
 * Reads by its numbers, never by its name, what an ICC profile means (ICC.1:2022): a known colour space, `foreign` if it is none,
 * undefined if it is no profile for such a picture, so that every program ignores it.
 */
export function spaceOfProfile(icc: Buffer, isGrey: boolean): ColourSpace | 'foreign' | undefined {
  if (icc.length < HEADER_BYTES + 4 || textAt(icc, 36) !== 'acsp') return undefined
  if (textAt(icc, 16) !== (isGrey ? 'GRAY' : 'RGB ')) return undefined
  const tags = tagsOf(icc)
  const hasTables = [...tags.keys()].some((name) => /^[AD]2B/.test(name))
  if (hasTables || textAt(icc, 20) !== 'XYZ ') return 'foreign'
  return (isGrey ? greyOf(tags) : colourOf(tags)) ?? 'foreign'
}

function greyOf(tags: Tags): ColourSpace | undefined {
  const curve = curveOf(tags.get('kTRC'))
  return curve === undefined ? undefined : { gamut: 'grey', curve }
}

function colourOf(tags: Tags): ColourSpace | undefined {
  const [red, green, blue] = [lightOf(tags.get('rXYZ')), lightOf(tags.get('gXYZ')), lightOf(tags.get('bXYZ'))]
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => curveOf(tags.get(name)))
  const gamut = red && green && blue && gamutOfColorants(transposed([red, green, blue]))
  const [curve] = curves
  if (!gamut || curve === undefined || curves.some((other) => other !== curve)) return undefined
  return { gamut, curve }
}

const textAt = (icc: Buffer, at: number) => icc.toString('latin1', at, at + 4)

function tagsOf(icc: Buffer): Tags {
  const count = Math.min(icc.readUInt32BE(HEADER_BYTES), MAX_TAGS)
  const tags = new Map<string, Buffer>()
  for (let n = 0, at = HEADER_BYTES + 4; n < count && at + ENTRY_BYTES <= icc.length; n++, at += ENTRY_BYTES) {
    const [from, length] = [icc.readUInt32BE(at + 4), icc.readUInt32BE(at + 8)]
    tags.set(textAt(icc, at), icc.subarray(from, from + length))
  }
  return tags
}

const fixedAt = (tag: Buffer, at: number) => tag.readInt32BE(at) / 65_536

function lightOf(tag: Buffer | undefined): Vector | undefined {
  if (!tag || tag.length < 20) return undefined
  return [fixedAt(tag, 8), fixedAt(tag, 12), fixedAt(tag, 16)]
}

function curveOf(tag: Buffer | undefined): Curve | undefined {
  const light = tag && tag.length >= 12 ? (fromTable(tag) ?? fromParameters(tag)) : undefined
  return light && curveLike(light)
}

type Light = (value: number) => number

/** §10.6: no entry is a straight line, one is an exponent. */
function fromTable(tag: Buffer): Light | undefined {
  const count = tag.readUInt32BE(8)
  if (textAt(tag, 0) !== 'curv' || tag.length < 12 + count * 2) return undefined
  if (count === 0) return (value) => value
  if (count === 1) return (value) => value ** (tag.readUInt16BE(12) / 256)
  const entry = (n: number) => tag.readUInt16BE(12 + 2 * n) / 65_535
  return (value) => {
    const [whole, part] = [Math.floor(value * (count - 1)), (value * (count - 1)) % 1]
    return entry(whole) + part * (entry(Math.min(whole + 1, count - 1)) - entry(whole))
  }
}

const COUNT_OF_PARAMETERS = [1, 3, 4, 5, 7]

/** §10.18. */
function fromParameters(tag: Buffer): Light | undefined {
  const kind = tag.readUInt16BE(8)
  const count = COUNT_OF_PARAMETERS[kind]
  if (textAt(tag, 0) !== 'para' || count === undefined || tag.length < 12 + count * 4) return undefined
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, n) =>
    fixedAt(tag, 12 + 4 * n),
  )
  const power = (value: number) => Math.max(0, a * value + b) ** g
  if (kind === 0) return power
  if (kind === 1) return (value) => (value >= -b / a ? power(value) : 0)
  if (kind === 2) return (value) => (value >= -b / a ? power(value) + c : c)
  return (value) => (value >= d ? power(value) + e : c * value + f)
}
