import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { fixture, segment, segmentsOf } from '../../test/setup/jpeg-segments.js'
import { pixels } from '../../test/setup/pictures.js'
import { SRGB } from './colour/colour-space.js'
import { readJpeg, writeJpeg } from './containers/jpeg.js'
import { readPng, writePng } from './containers/png.js'
import { sharp } from './decoders.js'
import { renderPicture } from './render-picture.js'

const CANARY = Buffer.from('Canary Person, Canary Road 7')

const inserted = (into: Buffer, at: number, ...what: Buffer[]) =>
  Buffer.concat([into.subarray(0, at), ...what, into.subarray(at)])

describe('B10 no byte of strangers is left in a JPEG whose pixels are kept', () => {
  const kept = async (bytes: Buffer) => {
    const jpeg = readJpeg(bytes)
    const parts = await jpeg?.exactParts()
    return jpeg && parts && writeJpeg({ ...jpeg, parts }, 1, undefined)
  }
  const MADE: Record<string, () => Promise<Buffer>> = {
    baseline: () => pixels(24, 17).jpeg().toBuffer(),
    'one component': () => pixels(24, 17).toColourspace('b-w').jpeg().toBuffer(),
    progressive: () => pixels(24, 17).jpeg({ progressive: true }).toBuffer(),
  }
  const RESTARTS = { 'restart markers': () => fixture('restarts.jpg') }
  const boundariesOf = (jpeg: Buffer) => [
    ...segmentsOf(jpeg).map(({ bytes }) => bytes.byteOffset - jpeg.byteOffset),
    jpeg.lastIndexOf(Buffer.from([0xff, 0xd9])),
  ]
  const expectNone = async (bytes: Buffer, place: string) =>
    expect([place, (await kept(bytes))?.includes('anary') ?? false]).toEqual([place, false])

  it.each(Object.entries(MADE))('of %s, under any marker between its segments', async (_, make) => {
    const plain = await make()
    expect(await kept(plain)).toBeDefined()
    for (const at of boundariesOf(plain))
      for (let marker = 1; marker < 0xff; marker++) {
        await expectNone(inserted(plain, at, segment(marker, CANARY)), `segment ${marker} at ${at}`)
        if (marker % 12 !== 4) continue
        await expectNone(inserted(plain, at, Buffer.from([0xff, marker]), CANARY), `marker ${marker} at ${at}`)
        await expectNone(inserted(plain, at, segment(marker, Buffer.alloc(0)), CANARY), `behind ${marker} at ${at}`)
      }
  })

  it.each(Object.entries({ ...MADE, ...RESTARTS }))(
    'of %s, within its segments, and behind its data',
    async (_, make) => {
      const plain = await make()
      const restarts = [...plain.toString('latin1').matchAll(/\xff[\xd0-\xd7]/g)].map(({ index }) => index)
      for (const at of [...boundariesOf(plain), ...restarts])
        await expectNone(inserted(plain, at, CANARY), `before ${at}`)
      for (const start of boundariesOf(plain).slice(0, -1)) {
        const length = plain.readUInt16BE(start + 2)
        for (let at = start + 4; at <= start + 2 + length; at++) {
          const longer = inserted(plain, at, CANARY)
          longer.writeUInt16BE(length + CANARY.length, start + 2)
          await expectNone(longer, `into ${start} at ${at}`)
        }
      }
    },
  )

  it('of tables that no scan uses, and of codes that hold words', async () => {
    const plain = await pixels(24, 17).jpeg({ optimiseCoding: false }).toBuffer()
    const [quant, codes] = [Buffer.alloc(64, CANARY), Buffer.alloc(162, CANARY)]
    const standard = segmentsOf(plain).filter(({ marker }) => marker === 0xc4)[1]!.bytes
    const unused = [segment(0xdb, Buffer.concat([Buffer.from([3]), quant]))]
    for (const at of boundariesOf(plain)) await expectNone(inserted(plain, at, ...unused), `unused at ${at}`)
    const spoken = Buffer.concat([standard.subarray(0, -162), codes])
    await expectNone(inserted(plain, standard.byteOffset - plain.byteOffset, spoken), 'unused codes')
    await expectNone(
      Buffer.concat([plain.subarray(0, -2), segment(0xdb, Buffer.concat([Buffer.from([0]), quant]))]),
      'late',
    )
  })

  it('keeps honest ones as they are, cuts what stands behind data, and leaves others to be encoded anew', async () => {
    for (const make of [
      ...Object.values({ ...MADE, ...RESTARTS }),
      () => pixels(701, 499).jpeg({ progressive: true }).toBuffer(),
    ]) {
      const plain = await make()
      expect((await kept(plain))?.equals((await kept(inserted(plain, plain.length - 2, CANARY)))!)).toBe(true)
      expect(segmentsOf((await kept(plain))!).map(({ bytes }) => bytes)).toEqual(
        segmentsOf(plain).map(({ bytes }) => bytes),
      )
    }
    for (const chromaSubsampling of ['4:2:0', '4:4:4'])
      for (const [width, height] of [
        [1, 1],
        [8, 90],
        [131, 77],
        [640, 479],
      ] as const)
        for (const quality of [20, 96]) {
          const plain = await pixels(width, height).jpeg({ mozjpeg: true, quality, chromaSubsampling }).toBuffer()
          expect((await kept(plain))?.equals(plain)).toBe(true)
        }
    const arithmetic = Buffer.from(await MADE['baseline']!())
    arithmetic[arithmetic.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9
    expect(await kept(arithmetic)).toBeUndefined()
  })
})

interface Chunk {
  name: string
  content: Buffer
}

describe('B10 no byte of strangers is left in a PNG whose pixels are kept', () => {
  const SIGNATURE = 8
  const NAMES =
    'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV tEXt zTXt iTXt bKGD hIST pHYs sPLT eXIf tIME caBX'
  const MADE: Record<string, () => Promise<Buffer>> = {
    colour: () => pixels(24, 17).png().toBuffer(),
    'colour and alpha': () => pixels(24, 17).ensureAlpha(0.5).png().toBuffer(),
    grey: () => pixels(24, 17).toColourspace('b-w').png().toBuffer(),
    palette: () => pixels(24, 17).ensureAlpha(0.5).png({ palette: true, colours: 9 }).toBuffer(),
    interlaced: () => pixels(13, 5).png({ progressive: true }).toBuffer(),
  }
  const partsOf = (png: Buffer): Chunk[] => {
    const parts: Chunk[] = []
    for (let at = SIGNATURE; at < png.length; at += 12 + parts.at(-1)!.content.length)
      parts.push({
        name: png.toString('latin1', at + 4, at + 8),
        content: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)),
      })
    return parts
  }
  const joined = (parts: Chunk[]) =>
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      ...parts.flatMap(({ name, content }) => {
        const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
        length.writeUInt32BE(content.length)
        sum.writeUInt32BE(crc32(content, crc32(name)))
        return [length, Buffer.from(name), content, sum]
      }),
    ])
  const kept = (bytes: Buffer) => writePng(readPng(bytes), SRGB)
  const expectNone = async (bytes: Buffer, place: string) =>
    expect([place, (await kept(bytes))?.includes('anary') ?? false]).toEqual([place, false])

  it.each(Object.entries(MADE))('of %s', async (_, make) => {
    const parts = partsOf(await make())
    expect(await kept(joined(parts))).toBeDefined()
    for (const n of [...parts.keys(), parts.length])
      for (const name of NAMES.split(' ')) {
        await expectNone(joined(parts.toSpliced(n, 0, { name, content: CANARY })), `${name} at ${n}`)
        await expectNone(Buffer.concat([joined(parts.slice(0, n)), CANARY, joined(parts.slice(n))]), `text at ${n}`)
      }
    for (const [n, { name, content }] of parts.entries())
      for (let at = 0; at <= content.length; at++)
        await expectNone(joined(parts.with(n, { name, content: inserted(content, at, CANARY) })), `${name} from ${at}`)
  })

  it('behind its rows, interlaced or not', async () => {
    for (const name of ['colour', 'interlaced']) {
      const parts = partsOf(await MADE[name]!())
      const [width, height] = name === 'colour' ? [24, 17] : [13, 5]
      const rows = Buffer.alloc(name === 'colour' ? (1 + 3 * width) * height : 3 * width * height + interlacedRows)
      const packed = (more: Buffer): Chunk => ({
        name: 'IDAT',
        content: deflateSync(Buffer.concat([rows, more]), { level: 0 }),
      })
      const withRows = (more: Buffer) => joined([parts[0]!, packed(more), parts.at(-1)!])
      expect(await kept(withRows(Buffer.alloc(0)))).toBeDefined()
      await expectNone(withRows(CANARY), name)
      expect(await kept(withRows(Buffer.alloc(1)))).toBeUndefined()
    }
  })
  /** Of 13 pixels by 5, the passes have as many rows. */
  const interlacedRows = 1 + 1 + 1 + 2 + 1 + 3 + 2
})

describe('B10 no byte of strangers is left in the original of a WebP', () => {
  let folder: string
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'mpics-strangers-'))))
  afterEach(() => rm(folder, { recursive: true }))

  const NAMES = ['VP8X', 'ICCP', 'ALPH', 'EXIF', 'XMP ', 'VP8 ', 'VP8L', 'abcd']
  const MADE: Record<string, () => Promise<Buffer>> = {
    lossy: () => pixels(24, 17).webp().toBuffer(),
    'lossy and clear': () => clear().webp().toBuffer(),
    lossless: () => clear().webp({ lossless: true }).toBuffer(),
  }
  /** Its alpha has a texture of its own. */
  const clear = () => {
    const data = Buffer.from(Array.from({ length: 24 * 17 * 4 }, (_, n) => (n * 7 + (n >> 3) * 13) % 256))
    return sharp(data, { raw: { width: 24, height: 17, channels: 4 } })
  }
  const partsOf = (webp: Buffer): Chunk[] => {
    const parts: Chunk[] = []
    for (let at = 12; at < webp.length;) {
      const length = webp.readUInt32LE(at + 4)
      parts.push({ name: webp.toString('latin1', at, at + 4), content: webp.subarray(at + 8, at + 8 + length) })
      at += 8 + length + (length % 2)
    }
    return parts
  }
  const joined = (parts: Chunk[]) => {
    const content = parts.flatMap(({ name, content }) => [
      chunkHead(name, content.length),
      content,
      Buffer.alloc(content.length % 2),
    ])
    const body = Buffer.concat([Buffer.from('WEBP'), ...content])
    return Buffer.concat([chunkHead('RIFF', body.length), body])
  }
  const chunkHead = (name: string, length: number) => {
    const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
    head.writeUInt32LE(length, 4)
    return head
  }
  const shownOf = (bytes: Buffer) => sharp(bytes).ensureAlpha().raw().toBuffer()

  async function originalOf(bytes: Buffer): Promise<Buffer | undefined> {
    await writeFile(join(folder, 'source'), bytes)
    const outcome = await renderPicture({ source: join(folder, 'source'), folder })
    return 'rejection' in outcome ? undefined : readFile(join(folder, 'original'))
  }
  const expectNone = async (bytes: Buffer, place: string) =>
    expect([place, (await originalOf(bytes))?.includes('anary') ?? false]).toEqual([place, false])

  it.each(Object.entries(MADE))('%s', async (_, make) => {
    const plain = await make()
    const parts = partsOf(plain)
    expect((await shownOf((await originalOf(plain))!)).equals(await shownOf(plain))).toBe(true)
    for (const n of [...parts.keys(), parts.length])
      for (const name of NAMES)
        await expectNone(joined(parts.toSpliced(n, 0, { name, content: CANARY })), `${name} at ${n}`)
    for (const [n, { name, content }] of parts.entries())
      for (const at of [0, 1, content.length >> 1, content.length])
        if (name === 'VP8X' || at === content.length)
          await expectNone(
            joined(parts.with(n, { name, content: inserted(content, at, CANARY) })),
            `${name} from ${at}`,
          )
    await expectNone(Buffer.concat([plain, CANARY]), 'at its end')
  })

  it('behind its modes, and behind a raw plane of alpha', async () => {
    const parts = partsOf(await MADE['lossy and clear']!())
    const [n, plane] = [parts.findIndex(({ name }) => name === 'VP8 '), parts.findIndex(({ name }) => name === 'ALPH')]
    const frame = parts[n]!.content
    const longer = inserted(frame, 10 + (frame.readUIntLE(0, 3) >> 5), CANARY)
    longer.writeUIntLE(frame.readUIntLE(0, 3) + (CANARY.length << 5), 0, 3)
    await expectNone(joined(parts.with(n, { name: 'VP8 ', content: longer })), 'behind its modes')
    const raw = (more: Buffer) => Buffer.concat([Buffer.alloc(1 + 24 * 17, 0), more])
    await expectNone(joined(parts.with(plane, { name: 'ALPH', content: raw(CANARY) })), 'behind a raw plane')
  })

  it('shows no alpha that its head does not tell of', async () => {
    const parts = partsOf(await MADE['lossy and clear']!())
    const head = Buffer.from(parts[0]!.content)
    head[0] = 0
    const original = await originalOf(joined(parts.with(0, { name: 'VP8X', content: head })))
    expect(original?.includes('ALPH') ?? false).toBe(false)
  })
})
