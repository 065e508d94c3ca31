import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import {
  codingOf,
  fixture,
  profileSegments,
  segment,
  segmentsOf,
  withSegments,
  wordsOf,
} from '../../test/setup/jpeg-segments.js'
import { jpeg, metadataOf, pixels, REVEALING, withChunks, withMetadata } from '../../test/setup/pictures.js'
import { madeProfile, type ProfileName } from '../../test/setup/profiles.js'
import { RENDITIONS } from '../photos/photo.js'
import { sharp } from './decoders.js'
import { renderPicture } from './render-picture.js'
import { openSource } from './source.js'
import { colourCodesOf } from './structure/avif-colour.js'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'mpics-original-'))))
afterEach(() => rm(folder, { recursive: true }))

async function made(bytes: Buffer, name = 'a') {
  const own = join(folder, name)
  await mkdir(own, { recursive: true })
  await writeFile(join(own, 'source'), bytes)
  const outcome = await renderPicture({ source: join(own, 'source'), folder: own })
  if ('rejection' in outcome) throw new Error(outcome.rejection)
  return outcome.picture
}
const file = (name: string, of = 'a') => readFile(join(folder, of, name))

const QUADRANTS = [
  [220, 30, 30],
  [30, 200, 40],
  [30, 50, 220],
  [230, 220, 40],
]

/** As a program shows them that knows profiles. */
async function quadrantsOf(bytes: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .pipelineColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => {
    const from = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels
    return [...data.subarray(from, from + 3)]
  }
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]
}

async function expectQuadrants(of = 'a', within = 8) {
  for (const name of RENDITIONS)
    for (const [n, colour] of (await quadrantsOf(await file(name, of))).entries()) {
      const differences = colour.map((value, at) => Math.abs(value - QUADRANTS[n]![at]!))
      expect({ name, colour, near: Math.max(...differences) <= within }).toEqual({ name, colour, near: true })
    }
}

const CODINGS: Record<string, (isGrey: boolean) => Promise<Buffer>> = {
  'baseline, 4:2:0': (isGrey) => coded(isGrey, { chromaSubsampling: '4:2:0' }),
  '4:4:4': (isGrey) => coded(isGrey, { chromaSubsampling: '4:4:4' }),
  progressive: (isGrey) => coded(isGrey, { progressive: true }),
  'restart markers': (isGrey) => fixture(isGrey ? 'restarts-grey.jpg' : 'restarts.jpg'),
}
const coded = (isGrey: boolean, options: object) =>
  pixels(50, 34)
    .toColourspace(isGrey ? 'b-w' : 'srgb')
    .jpeg(options)
    .toBuffer()

/** All segments that a camera and exiftool write of their owner, for each orientation. */
let revealing: Buffer[][]
beforeAll(async () => {
  const orientations = Array.from({ length: 8 }, (_, n) => [...REVEALING, '-n', `-Orientation=${n + 1}`])
  const files = await Promise.all(orientations.map(async (tags) => withMetadata(await jpeg(8, 8), tags)))
  revealing = files.map((bytes) => wordsOf(bytes).flatMap(({ marker, bytes }) => (marker === 0xe0 ? [] : [bytes])))
})

const [ANGLES, MIRRORED] = [
  [0, 0, 180, 180, 90, 270, 270, 90],
  [1, 3, 4, 6],
]

const OURS = /^(IFD0:Orientation|ICC-header:\w+|ICC_Profile:\w+)$/
const PROFILES: Record<Exclude<ProfileName, 'screen'>, string | undefined> = {
  sRGB: undefined,
  'Display P3': 'Display P3',
  'Adobe RGB': 'Compatible with Adobe RGB (1998)',
  grey: 'Grey, gamma 2.2',
}

describe('B10 the original of a JPEG', () => {
  describe.each(Object.entries(PROFILES))('in %s', (profile, described) => {
    it.each(Object.entries(CODINGS))('of %s keeps its pixels bit for bit, and no word', async (_, make) => {
      const plain = await make(profile === 'grey')
      const icc = madeProfile(profile as ProfileName, 'Canary Person’s sRGB')
      const tail = Buffer.from('<?php trailing ?>')
      for (const [n, words] of revealing.entries()) {
        const source = withSegments(plain, ...words, ...profileSegments(icc))
        const { renditions } = await made(Buffer.concat([source, tail]), String(n))
        const { width, height } = await sharp(plain).metadata()
        expect(renditions.original).toMatchObject(n < 4 ? { width, height } : { width: height, height: width })
        const original = await file('original', String(n))
        expect(codingOf(original).equals(codingOf(plain))).toBe(true)
        expect(original.toString('latin1')).not.toMatch(/anary|php|Acme/)
        const shown = await sharp(original).metadata()
        expect([shown.orientation ?? 1, shown.hasProfile]).toEqual([n + 1, described !== undefined])
      }
      const files = Array.from({ length: 8 }, (_, n) => join(folder, String(n), 'original'))
      for (const found of await metadataOf(...files)) expect(found.filter((tag) => !OURS.test(tag))).toEqual([])
    })
  })

  it('looks as its renditions do, which way up and in whichever colours it came', async () => {
    const upright = await sharp(await fixture('p3-display-name-ok.jpg'), { ignoreIcc: true })
      .png()
      .toBuffer()
    for (const [n, words] of revealing.entries()) {
      const rotated = await sharp(upright).rotate(ANGLES[n]).png().toBuffer()
      const source = await sharp(rotated).flop(MIRRORED.includes(n)).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer()
      await made(withSegments(source, ...words, ...profileSegments(madeProfile('Display P3'))), String(n))
    }
    for (let n = 0; n < 8; n++) await expectQuadrants(String(n))
  })

  it.each([
    ['p3-display-name-ok.jpg', 'Display P3', 8],
    ['p3-samsung-name.jpg', 'Display P3', 8],
    ['p3-xiaomi-name.jpg', 'Display P3', 8],
    // its own colours differ by as much
    ['ultrahdr-by-libultrahdr.jpg', 'Display P3', 19],
    ['rec2020.jpg', 'Rec. 2020, srgb curve', 8],
    ['linear.jpg', 'sRGB, linear', 8],
    ['adobe-longer.jpg', undefined, 8],
    ['jfif-thumb.jpg', undefined, 8],
    ['no-eoi.jpg', undefined, 8],
  ])('shows the colours of %s, whatever its profile is called', async (name, profile, within) => {
    const source = await fixture(name)
    const whole = name === 'no-eoi.jpg' ? Buffer.concat([source, Buffer.from([0xff, 0xd9])]) : source
    await made(source)
    await expectQuadrants('a', within)
    const original = await file('original')
    expect(codingOf(original).equals(codingOf(whole))).toBe(true)
    expect((await sharp(original).metadata()).hasProfile).toBe(profile !== undefined)
    if (profile) expect(original.toString('latin1').replaceAll('\0', '')).toContain(profile)
  })

  it('in colours that no other program shows for sure is converted, and so is CMYK', async () => {
    const screen = withSegments(await jpeg(60, 40), ...profileSegments(madeProfile('screen')))
    await made(screen)
    const original = await sharp(await file('original')).metadata()
    expect([original.space, original.hasProfile]).toEqual(['srgb', false])
    const [large] = await quadrantsOf(await file('large'))
    for (const [n, value] of (await quadrantsOf(await file('original')))[0]!.entries())
      expect(Math.abs(value - large![n]!)).toBeLessThanOrEqual(8)
    await made(await pixels(60, 40).toColourspace('cmyk').jpeg().toBuffer())
    expect(await sharp(await file('original')).metadata()).toMatchObject({ space: 'srgb', channels: 3 })
  })

  it('is read as decoders read it: over fill bytes, and what stands between segments', async () => {
    const plain = await jpeg(60, 40)
    const [first, ...others] = segmentsOf(plain)
    const loose = Buffer.concat([
      ...[plain.subarray(0, 2), first!.bytes, Buffer.from([0xff, 0xff])],
      ...others.flatMap(({ bytes }) => [bytes, Buffer.from([0xff, 0xff])]),
      plain.subarray(-2),
    ])
    await made(loose)
    const raw = (bytes: Buffer) => sharp(bytes).raw().toBuffer()
    expect((await raw(await file('original'))).equals(await raw(plain))).toBe(true)
  })

  it('has no word of those between its scans', async () => {
    const plain = await pixels(60, 40).jpeg({ progressive: true }).toBuffer()
    const last = plain.lastIndexOf(Buffer.from([0xff, 0xda]))
    const said = Buffer.concat([plain.subarray(0, last), segment(0xfe, Buffer.from('canary')), plain.subarray(last)])
    await made(said)
    expect(codingOf(await file('original')).equals(codingOf(plain))).toBe(true)
    expect((await file('original')).includes('canary')).toBe(false)
  })

  it('is what its renditions are made of when bytes behind the data of a scan are cut off', async () => {
    const plain = await jpeg(60, 40)
    await made(plain, 'plain')
    const cut = await made(Buffer.concat([plain.subarray(0, -2), Buffer.from('canary'), plain.subarray(-2)]))
    for (const name of RENDITIONS) expect((await file(name)).equals(await file(name, 'plain'))).toBe(true)
    expect(cut.renditions.original.bytes).toBe((await file('original')).length)
    const unreadable = Buffer.concat([plain.subarray(0, -12), Buffer.alloc(10, 0xfe), plain.subarray(-2)])
    const anew = await made(unreadable, 'anew')
    expect(anew.renditions.original.bytes).toBe((await file('original', 'anew')).length)
    expect((await file('original', 'anew')).equals(unreadable)).toBe(false)
  })
})

describe('B10 the original of a PNG', () => {
  const raw16 = (bytes: Buffer) => sharp(bytes).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer()

  it('keeps 16 bits', async () => {
    const source = await fixture('ramp16.png')
    await made(source)
    expect((await raw16(await file('original'))).equals(await raw16(source))).toBe(true)
    const turned = await withMetadata(source, [...REVEALING, '-n', '-Orientation=6'])
    const { renditions } = await made(turned)
    expect(renditions.original).toMatchObject({ width: 4, height: 64, contentType: 'image/png' })
    const upright = await raw16(await sharp(source).toColourspace('grey16').rotate(90).png().toBuffer())
    expect((await raw16(await file('original'))).equals(upright)).toBe(true)
    expect(await metadataOf(join(folder, 'a/original'))).toEqual([[]])
  })

  it.each([
    ['p3-cicp.png', 8],
    // linear light has few steps for dark colours
    ['gama1.png', 11],
  ])('and its renditions show the colours of %s', async (name, within) => {
    const source = await fixture(name)
    await made(source)
    await expectQuadrants('a', within)
    const raw = (bytes: Buffer) => sharp(bytes, { ignoreIcc: true }).raw().toBuffer()
    expect((await raw(await file('original'))).equals(await raw(source))).toBe(true)
  })

  it.each([
    ['in P3 by its profile', 'Display P3', 8],
    ['in P3 by its profile, of 16 bits', 'Display P3', 16],
    ['in Adobe RGB by gAMA and cHRM', 'gamma', 8],
  ] as const)('keeps its pixels %s, and shows its colours', async (_, told, bits) => {
    const source = await described(told, bits)
    await made(source)
    await expectQuadrants()
    const original = await file('original')
    const raw = (bytes: Buffer) =>
      sharp(bytes, { ignoreIcc: true })
        .toColourspace(bits === 16 ? 'rgb16' : 'srgb')
        .raw({ depth: 'ushort' })
        .toBuffer()
    expect((await raw(original)).equals(await raw(source))).toBe(true)
    expect(original.includes('Canary')).toBe(false)
  })

  /** Quadrants in a wide gamut, which their chunks tell. */
  async function described(told: 'Display P3' | 'gamma', bits: number): Promise<Buffer> {
    const p3 = await sharp(await fixture('p3-display-name-ok.jpg'), { ignoreIcc: true })
      .png()
      .toBuffer()
    if (told === 'gamma') {
      const numbers = (...values: number[]) => Buffer.concat(values.map((value) => uint32(value * 100_000)))
      const wide = await sharp(await fixture('p3-display-name-ok.jpg'))
        .withIccProfile(await adobePath())
        .png()
        .toBuffer()
      const bare = await sharp(wide, { ignoreIcc: true }).png().toBuffer()
      const chrm = numbers(0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
      return withChunks(withChunks(bare, 'cHRM', [chrm]), 'gAMA', [numbers(0.45455)])
    }
    const deep = sharp(p3).toColourspace(bits === 16 ? 'rgb16' : 'srgb')
    const packed = Buffer.concat([Buffer.from('Canary\0\0'), deflateSync(madeProfile('Display P3', 'sRGB'))])
    return withChunks(await deep.png().toBuffer(), 'iCCP', [packed])
  }
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(Math.round(value))
    return bytes
  }
  async function adobePath(): Promise<string> {
    const path = join(folder, 'adobe.icc')
    await writeFile(path, madeProfile('Adobe RGB'))
    return path
  }

  it.each(['b-w', 'grey16', 'srgb', 'rgb16'] as const)(
    'turned, of %s, is in the colours that it is in upright',
    async (space) => {
      for (const channels of [1, 2]) {
        const picture = sharp({
          create: { width: 60, height: 40, channels: 3, background: { r: 120, g: 120, b: 120 } },
        })
        const opaque = picture.toColourspace(space)
        const bare = await (channels === 1 ? opaque : opaque.ensureAlpha(0.5)).png().toBuffer()
        const upright = withChunks(bare, 'gAMA', [uint32(100_000)])
        await made(upright)
        await made(await withMetadata(upright, ['-n', '-Orientation=6']), 'b')
        const [shown, turned] = [await file('original'), await file('original', 'b')]
        const colourOf = async (bytes: Buffer) =>
          [...(await sharp(bytes).toColourspace('srgb').raw().toBuffer())].slice(0, 3)
        expect([turned[25], await colourOf(turned)]).toEqual([shown[25], await colourOf(shown)])
      }
    },
  )

  it('has nothing of what stands behind its packed pixels', async () => {
    const source = await pixels(60, 40).png().toBuffer()
    const at = source.lastIndexOf('IDAT') - 4
    const canary = withChunks(source.subarray(0, 33), 'IDAT', [Buffer.from('canary canary')]).subarray(33)
    const length = source.readUInt32BE(at) + 12
    await made(Buffer.concat([source.subarray(0, at + length), canary, source.subarray(at + length)]))
    expect((await file('original')).includes('canary')).toBe(false)
    const raw = (bytes: Buffer) => sharp(bytes).raw().toBuffer()
    expect((await raw(await file('original'))).equals(await raw(source))).toBe(true)
  })
})

describe('B10 the original of a WebP', () => {
  const raw = (bytes: Buffer) => sharp(bytes, { ignoreIcc: true }).raw().toBuffer()

  it('keeps its pixels, lossless or not', async () => {
    const clear = await pixels(60, 40).ensureAlpha(0.5).webp().toBuffer()
    for (const source of [await fixture('lossless.webp'), await pixels(60, 40).webp().toBuffer(), clear]) {
      await made(await withMetadata(source))
      expect((await raw(await file('original'))).equals(await raw(source))).toBe(true)
      expect(await metadataOf(join(folder, 'a/original'))).toEqual([[]])
    }
  })

  it('keeps those of a lossless one upright, in its colours', async () => {
    const p3 = await sharp(await fixture('p3-display-name-ok.jpg'), { ignoreIcc: true })
      .webp({ lossless: true })
      .toBuffer()
    const path = join(folder, 'p3.icc')
    await writeFile(path, madeProfile('Display P3', 'Canary’s sRGB'))
    const turned = await withMetadata(await sharp(p3).rotate(270).webp({ lossless: true }).toBuffer(), [
      `-ICC_Profile<=${path}`,
      ...['-n', '-Orientation=6'],
    ])
    const { renditions } = await made(turned)
    expect(renditions.original).toMatchObject({ width: 96, height: 64, contentType: 'image/png' })
    await expectQuadrants()
    expect((await raw(await file('original'))).equals(await raw(p3))).toBe(true)
    expect((await file('original')).includes('anary')).toBe(false)
  })
})

describe('an AVIF', () => {
  it('shows the colours that it tells by numbers', async () => {
    const source = await fixture('mif1.avif')
    const profile = Buffer.concat([Buffer.from('p3\0\0'), deflateSync(madeProfile('Display P3'))])
    const asP3 = await quadrantsOf(withChunks(await sharp(source).png().toBuffer(), 'iCCP', [profile]))
    const at = source.indexOf('colrnclx') + 8
    for (const [n, code] of [12, 13].entries()) source.writeUInt16BE(code, at + 2 * n)
    await made(source)
    for (const name of RENDITIONS)
      for (const [n, colour] of (await quadrantsOf(await file(name))).entries())
        for (const [channel, value] of colour.entries())
          expect(Math.abs(value - asP3[n]![channel]!)).toBeLessThanOrEqual(6)
    expect(Math.max(...asP3.map(([red = 0], n) => Math.abs(red - QUADRANTS[n]![0]!)))).toBeGreaterThan(10)
  })

  it('tells the colours of its picture behind its pixels, and not those of another item', async () => {
    const source = await fixture('mif1.avif')
    for (const [n, code] of [12, 13].entries()) source.writeUInt16BE(code, source.indexOf('colrnclx') + 8 + 2 * n)
    const opened = async (bytes: Buffer) => {
      await writeFile(join(folder, 'avif'), bytes)
      return colourCodesOf((await openSource(join(folder, 'avif'), folder)).bytes)
    }
    expect(await opened(source)).toEqual([12, 13])
    const [meta, media] = [source.indexOf('meta') - 4, source.indexOf('mdat') - 4]
    const behind = Buffer.concat([
      ...[source.subarray(0, meta), source.subarray(media), boxOf('free', Buffer.alloc(2_000_000))],
      source.subarray(meta, media),
    ])
    expect(await opened(behind)).toEqual([12, 13])
    const other = Buffer.from(source)
    other.writeUInt16BE(other.readUInt16BE(other.indexOf('pitm') + 8) + 1, other.indexOf('pitm') + 8)
    expect(await opened(other)).toBeUndefined()
  })
  const boxOf = (type: string, content: Buffer) => {
    const head = Buffer.from(`\0\0\0\0${type}`, 'latin1')
    head.writeUInt32BE(content.length + 8)
    return Buffer.concat([head, content])
  }

  it('may say so in second place', async () => {
    await made(await fixture('mif1.avif'))
  })
})
