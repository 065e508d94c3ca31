import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codingOf, fixture } from '../../test/setup/jpeg-segments.js'
import {
  bomb,
  claiming,
  jpeg,
  metadataOf,
  pixels,
  REVEALING,
  withLateSize,
  withMetadata,
} from '../../test/setup/pictures.js'
import { sharp } from './decoders.js'
import { renderPicture } from './render-picture.js'
import { RENDITIONS } from '../photos/photo.js'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'mpics-render-'))))
afterEach(() => rm(folder, { recursive: true }))

async function made(bytes: Buffer) {
  const source = join(folder, 'source')
  await writeFile(source, bytes)
  return renderPicture({ source, folder })
}
async function picture(bytes: Buffer) {
  const outcome = await made(bytes)
  if ('rejection' in outcome) throw new Error(outcome.rejection)
  return outcome.picture
}
const file = (name: string) => readFile(join(folder, name))
const sizes = ({ renditions }: Awaited<ReturnType<typeof picture>>) =>
  RENDITIONS.map((name) => `${name} ${renditions[name].width}x${renditions[name].height}`)

describe('the renditions', () => {
  it('fit their sizes', async () => {
    const { placeholder, ...rest } = await picture(await jpeg(3000, 2000))
    expect(sizes({ placeholder, ...rest })).toEqual([
      'thumb 320x213',
      'small 1080x720',
      'large 2048x1365',
      'original 3000x2000',
    ])
    for (const name of RENDITIONS) {
      const { width, height, format, space, icc } = await sharp(await file(name)).metadata()
      expect({ width, height, format, space, icc }).toEqual({
        width: rest.renditions[name].width,
        height: rest.renditions[name].height,
        format: 'jpeg',
        space: 'srgb',
        icc: undefined,
      })
    }
    expect(Buffer.from(placeholder, 'base64').length).toBeLessThan(30)
  })

  it('are never larger than the picture', async () => {
    expect(sizes(await picture(await jpeg(200, 100)))).toEqual(RENDITIONS.map((name) => `${name} 200x100`))
    expect(sizes(await picture(await jpeg(1, 1)))).toEqual(RENDITIONS.map((name) => `${name} 1x1`))
  })

  it('stand upright, the original by what it says', async () => {
    const lying = await withMetadata(await jpeg(600, 400), ['-n', '-Orientation=6'])
    expect(sizes(await picture(lying))).toEqual(['thumb 213x320', ...['small', 'large', 'original'].map(upright)])
    const { orientation, width } = await sharp(await file('original')).metadata()
    expect({ orientation, width }).toEqual({ orientation: 6, width: 600 })
  })
  const upright = (name: string) => `${name} 400x600`

  it('are the same bytes for the same picture', async () => {
    const bytes = await jpeg(700, 500)
    await picture(bytes)
    const first = await Promise.all(RENDITIONS.map(file))
    await picture(bytes)
    expect(await Promise.all(RENDITIONS.map(file))).toEqual(first)
  })

  it('keep transparency, and no alpha channel that says nothing', async () => {
    const clear = await pixels(300, 200)
      .composite([{ input: Buffer.alloc(4), raw: { width: 1, height: 1, channels: 4 }, blend: 'dest-in' }])
      .png()
      .toBuffer()
    const { renditions } = await picture(clear)
    expect(renditions.thumb.contentType).toBe('image/webp')
    expect(renditions.original.contentType).toBe('image/png')
    expect((await picture(await pixels(300, 200).ensureAlpha().png().toBuffer())).renditions.thumb.contentType).toBe(
      'image/jpeg',
    )
  })

  it('are in sRGB, wherever the picture comes from', async () => {
    const wide = await pixels(300, 200).withIccProfile('p3').jpeg().toBuffer()
    const cmyk = await pixels(300, 200).toColourspace('cmyk').jpeg().toBuffer()
    for (const bytes of [wide, cmyk]) {
      await picture(bytes)
      for (const name of ['thumb', 'small', 'large'])
        expect(await sharp(await file(name)).metadata()).toMatchObject({
          space: 'srgb',
          channels: 3,
          hasProfile: false,
        })
    }
  })
})

describe('B10 metadata', () => {
  it.each([
    ['JPEG', () => jpeg(600, 400), REVEALING],
    ['rotated JPEG', () => jpeg(600, 400), [...REVEALING, '-n', '-Orientation=8']],
    ['PNG', () => pixels(600, 400).png().toBuffer(), REVEALING],
    ['WebP', () => pixels(600, 400).webp().toBuffer(), REVEALING],
    ['AVIF', () => pixels(600, 400).avif({ effort: 0 }).toBuffer(), REVEALING],
  ])('of a %s is gone from everything that is kept; exiftool finds none', async (_, make, tags) => {
    const revealing = await withMetadata(await make(), tags)
    const { camera } = await picture(revealing)
    const [before, ...after] = await metadataOf(...['source', ...RENDITIONS].map((name) => join(folder, name)))
    expect(before?.some((tag) => /GPS/.test(tag))).toBe(true)
    const [original] = tags.includes('-Orientation=8') ? [['IFD0:Orientation']] : [[]]
    expect(after).toEqual([[], [], [], original])
    for (const name of RENDITIONS) expect((await file(name)).includes('anary')).toBe(false)
    expect(camera).toEqual({
      make: 'Acme',
      model: 'Pocket 7',
      lens: 'Acme 28mm f/1.8',
      focalLength: 6.9,
      aperture: 1.8,
      exposureTime: 0.0015625,
      iso: 400,
      takenAt: '2015-02-11T18:03:00',
    })
  })

  it('that makes no sense is left out', async () => {
    const odd = await withMetadata(await jpeg(), [
      '-Make=  ',
      '-Model=A\u0007B',
      '-FNumber=0',
      '-DateTimeOriginal=9999:99:99 00:00:00',
    ])
    expect((await picture(odd)).camera).toEqual({ model: 'A B' })
    for (const name of ['taken-24h.jpg', 'taken-feb30.jpg', 'taken-year0.jpg'])
      expect((await picture(await fixture(name))).camera?.takenAt).toBeUndefined()
    expect((await picture(await fixture('nul.jpg'))).camera).toMatchObject({ make: 'Canon', lens: 'XF23mm' })
    expect((await picture(await fixture('exposure-06s.jpg'))).camera).toMatchObject({ exposureTime: 0.6 })
    expect((await picture(await fixture('exposure-08s.jpg'))).camera).toMatchObject({ exposureTime: 0.8 })
    const behind = await withMetadata(await jpeg(), ['-Make=Canon#EOS GARBAGE', '-LensModel=XF23mm#SN:0042 OWNER JANE'])
    const nul = Buffer.from(behind.toString('latin1').replaceAll('#', '\0'), 'latin1')
    expect((await picture(nul)).camera).toEqual({ make: 'Canon', lens: 'XF23mm' })
    expect((await picture(await jpeg())).camera).toBeNull()
  })
})

describe('a JPEG without its end', () => {
  it('is whole if its scans are', async () => {
    const progressive = await pixels(300, 200).jpeg({ progressive: true }).toBuffer()
    for (const whole of [await jpeg(300, 200), progressive])
      for (const missing of [1, 2]) {
        await picture(whole.subarray(0, -missing))
        expect(codingOf(await file('original')).equals(codingOf(whole))).toBe(true)
      }
  })

  it('is damaged if they are not', async () => {
    const progressive = await pixels(300, 200).jpeg({ progressive: true }).toBuffer()
    const last = progressive.lastIndexOf(Buffer.from([0xff, 0xda]))
    const damaged = { rejection: 'damaged' }
    expect(await made(progressive.subarray(0, last))).toMatchObject(damaged)
    expect(await made(progressive.subarray(0, -400))).toMatchObject(damaged)
    expect(await made((await jpeg(300, 200)).subarray(0, -4000))).toMatchObject(damaged)
  })
})

describe('what cannot be shown', () => {
  it.each([
    ['truncated', async () => (await jpeg()).subarray(0, 9000), 'damaged'],
    ['a truncated PNG', async () => (await pixels(300, 200).png().toBuffer()).subarray(0, 9000), 'damaged'],
    ['too large', async () => bomb(8000, 6400), 'too-many-pixels'],
    ['too large, far behind', async () => withLateSize(claiming(await jpeg(), 20_000, 20_000)), 'too-many-pixels'],
    ['text', async () => Buffer.from('hello'), 'not-a-picture'],
    ['nothing', async () => Buffer.alloc(0), 'not-a-picture'],
    [
      'an SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'not-a-picture',
    ],
    [
      'moving',
      () =>
        sharp(Buffer.alloc(100 * 200 * 3).fill(200, 0, 30_000), {
          raw: { width: 100, height: 200, channels: 3, pageHeight: 100 },
        })
          .webp()
          .toBuffer(),
      'animated',
    ],
  ])('%s', async (_, make, rejection) => {
    expect(await made(await make())).toEqual({ rejection })
  })

  it('is not blamed for a disk without room', async () => {
    await writeFile(join(folder, 'source'), await jpeg())
    await expect(renderPicture({ source: join(folder, 'source'), folder: '/proc/none' })).rejects.toThrow()
  })
})
