import { type Curve, lightOf, PARAMETERS } from './curves.js'
import type { ColourSpace } from './colour-space.js'
import { adaptationOf, colorantsOf, PROFILE_WHITE } from './gamuts.js'
import { transposed } from './matrix.js'

const HEADER_BYTES = 128
const TABLE_ENTRIES = 1024

type Tag = [name: string, content: Buffer]

/** Our own profile of a colour space (ICC.1:2022), always the same bytes. */
export function profileOf(space: ColourSpace): Buffer {
  const tags = tagsOf(space)
  let at = HEADER_BYTES + 4 + 12 * tags.length
  const table = [words(tags.length)]
  const contents = new Map<Buffer, number>()
  for (const [name, content] of tags) {
    if (!contents.has(content)) {
      contents.set(content, at)
      at += content.length
    }
    table.push(Buffer.from(name, 'latin1'), words(contents.get(content)!, content.length))
  }
  return Buffer.concat([header(at, space.gamut === 'grey' ? 'GRAY' : 'RGB '), ...table, ...contents.keys()])
}

function tagsOf({ gamut, curve }: ColourSpace): Tag[] {
  const about: Tag[] = [
    ['desc', text(nameOf({ gamut, curve }))],
    ['cprt', text('No copyright')],
    ['wtpt', numbers('XYZ ', PROFILE_WHITE)],
  ]
  const tone = toneOf(curve)
  if (gamut === 'grey') return [...about, ['kTRC', tone]]
  const [red, green, blue] = transposed(colorantsOf(gamut))
  return [
    ...about,
    ['chad', numbers('sf32', adaptationOf(gamut).flat())],
    ['rXYZ', numbers('XYZ ', red)],
    ['gXYZ', numbers('XYZ ', green)],
    ['bXYZ', numbers('XYZ ', blue)],
    ['rTRC', tone],
    ['gTRC', tone],
    ['bTRC', tone],
  ]
}

/** The curve that a gamut has by its standard needs no word. */
const USUAL: Readonly<Partial<Record<ColourSpace['gamut'], Curve>>> = {
  sRGB: 'srgb',
  'Display P3': 'srgb',
  'Compatible with Adobe RGB (1998)': 2.2,
  'ProPhoto RGB': 1.8,
}

function nameOf({ gamut, curve }: ColourSpace): string {
  const name = gamut === 'grey' ? 'Grey' : gamut
  if (curve === USUAL[gamut]) return name
  return `${name}, ${curve === 1 ? 'linear' : typeof curve === 'number' ? `gamma ${curve}` : `${curve} curve`}`
}

function header(bytes: number, space: string): Buffer {
  const made = Buffer.alloc(HEADER_BYTES)
  made.writeUInt32BE(bytes)
  made.writeUInt32BE(0x04300000, 8)
  made.write(`mntr${space}XYZ `, 12, 'latin1')
  // It was made on the first of January 2026, whoever needs it.
  for (const [n, part] of [2026, 1, 1].entries()) made.writeUInt16BE(part, 24 + 2 * n)
  made.write('acsp', 36, 'latin1')
  fixed(PROFILE_WHITE).copy(made, 68)
  return made
}

function words(...values: number[]): Buffer {
  const made = Buffer.alloc(4 * values.length)
  for (const [n, value] of values.entries()) made.writeUInt32BE(value, 4 * n)
  return made
}

const fixed = (values: readonly number[]): Buffer => words(...values.map((value) => Math.round(value * 65_536) >>> 0))

const typed = (type: string, ...contents: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...contents])

const numbers = (type: string, values: readonly number[]) => typed(type, fixed(values))

function text(said: string): Buffer {
  const letters = Buffer.from(said, 'utf16le').swap16()
  const padding = Buffer.alloc(letters.length % 4)
  return typed('mluc', words(1, 12), Buffer.from('enUS'), words(letters.length, 28), letters, padding)
}

function toneOf(curve: Curve): Buffer {
  if (typeof curve === 'number') return typed('para', words(0), fixed([exponentOf(curve)]))
  if (curve === 'pq' || curve === 'hlg') return table(curve)
  const { g, a, b, c, d } = PARAMETERS[curve]
  return typed('para', words(3 << 16), fixed([g, a, b, c, d]))
}

/** Adobe RGB (1998) §4.3.1.2 has this value for 2.2. */
const exponentOf = (gamma: number): number => (gamma === 2.2 ? 563 / 256 : gamma)

function table(curve: Curve): Buffer {
  const entries = Buffer.alloc(2 * TABLE_ENTRIES)
  for (let n = 0; n < TABLE_ENTRIES; n++)
    entries.writeUInt16BE(Math.round(65_535 * lightOf(curve, n / (TABLE_ENTRIES - 1))), 2 * n)
  return typed('curv', words(TABLE_ENTRIES), entries)
}
