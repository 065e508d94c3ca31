type Colorants = readonly [number, number, number][]

/** As their makers publish them, under the white of profiles: red, green, blue. */
const COLORANTS = {
  sRGB: [
    [0.43607, 0.22249, 0.01392],
    [0.38515, 0.71687, 0.09708],
    [0.14307, 0.06061, 0.7141],
  ],
  'Display P3': [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ],
  'Adobe RGB': [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  screen: [
    [0.4672, 0.2385, 0.0091],
    [0.3423, 0.6894, 0.0952],
    [0.1547, 0.0721, 0.7206],
  ],
} as const satisfies Record<string, Colorants>

export type ProfileName = keyof typeof COLORANTS | 'grey'

const srgb = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const power = (gamma: number) => (value: number) => value ** gamma
const LIGHT = {
  sRGB: srgb,
  'Display P3': srgb,
  'Adobe RGB': power(563 / 256),
  screen: power(2.3),
  grey: power(2.2),
}

const u32 = (...values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.from(new Uint32Array([value]).buffer).swap32()))
const fixed = (...values: number[]) => u32(...values.map((value) => Math.round(value * 65_536) >>> 0))
const tagged = (type: string, ...contents: Buffer[]) => Buffer.concat([Buffer.from(`${type}\0\0\0\0`), ...contents])

function curve(light: (value: number) => number): Buffer {
  const table = Buffer.alloc(2 * 1024)
  for (let n = 0; n < 1024; n++) table.writeUInt16BE(Math.round(65_535 * light(n / 1023)), 2 * n)
  return tagged('curv', u32(1024), table)
}

/** A profile of version 2 with tables, as programs wrote them for decades, by a maker that tells of himself. */
export function madeProfile(name: ProfileName, called: string = name): Buffer {
  const light = curve(LIGHT[name])
  const primaries: [string, Buffer][] =
    name === 'grey'
      ? [['kTRC', light]]
      : COLORANTS[name].flatMap((xyz, n): [string, Buffer][] => [
          [`${'rgb'[n]}XYZ`, tagged('XYZ ', fixed(...xyz))],
          [`${'rgb'[n]}TRC`, light],
        ])
  const said = Buffer.from(`${called}\0`)
  const tags: [string, Buffer][] = [
    ['desc', tagged('desc', u32(said.length), said, Buffer.alloc(78))],
    ['cprt', tagged('text', Buffer.from('Canary Person\0'))],
    ['wtpt', tagged('XYZ ', fixed(0.9642, 1, 0.8249))],
    ...primaries,
  ]
  return assembled(tags, name === 'grey' ? 'GRAY' : 'RGB ')
}

function assembled(tags: [string, Buffer][], space: string): Buffer {
  let at = 128 + 4 + 12 * tags.length
  const entries = [u32(tags.length)]
  const contents: Buffer[] = []
  for (const [name, content] of tags) {
    const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)])
    entries.push(Buffer.from(name), u32(at, content.length))
    contents.push(padded)
    at += padded.length
  }
  const header = Buffer.alloc(128)
  header.writeUInt32BE(at)
  header.write(`\x02\x10\0\0mntr${space}XYZ `, 8, 'latin1')
  header.write('acsp', 36, 'latin1')
  header.write('Canary', 80, 'latin1')
  fixed(0.9642, 1, 0.8249).copy(header, 68)
  return Buffer.concat([header, ...entries, ...contents])
}
