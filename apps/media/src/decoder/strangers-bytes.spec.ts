import { fixture, segment, segmentsOf } from '../../test/setup/jpeg-segments.js'
import { pixels } from '../../test/setup/pictures.js'
import { readJpeg, writeJpeg } from './containers/jpeg.js'

const CANARY = Buffer.from('Canary Person, Canary Road 7')

const inserted = (into: Buffer, at: number, ...what: Buffer[]) =>
  Buffer.concat([into.subarray(0, at), ...what, into.subarray(at)])

describe('B10 no byte of strangers is left in a JPEG whose pixels are kept', () => {
  const kept = (bytes: Buffer) => {
    const jpeg = readJpeg(bytes)
    return jpeg && writeJpeg(jpeg, 1, undefined)
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
  const expectNone = (bytes: Buffer, place: string) =>
    expect([place, kept(bytes)?.includes('anary') ?? false]).toEqual([place, false])

  it.each(Object.entries(MADE))('of %s, under any marker between its segments', async (_, make) => {
    const plain = await make()
    expect(kept(plain)).toBeDefined()
    for (const at of boundariesOf(plain))
      for (let marker = 1; marker < 0xff; marker++) {
        expectNone(inserted(plain, at, segment(marker, CANARY)), `segment ${marker} at ${at}`)
        if (marker % 12 !== 4) continue
        expectNone(inserted(plain, at, Buffer.from([0xff, marker]), CANARY), `marker ${marker} at ${at}`)
        expectNone(inserted(plain, at, segment(marker, Buffer.alloc(0)), CANARY), `behind ${marker} at ${at}`)
      }
  })

  it.each(Object.entries({ ...MADE, ...RESTARTS }))(
    'of %s, within its segments, and behind its data',
    async (_, make) => {
      const plain = await make()
      const restarts = [...plain.toString('latin1').matchAll(/\xff[\xd0-\xd7]/g)].map(({ index }) => index)
      for (const at of [...boundariesOf(plain), ...restarts]) expectNone(inserted(plain, at, CANARY), `before ${at}`)
      for (const start of boundariesOf(plain).slice(0, -1)) {
        const length = plain.readUInt16BE(start + 2)
        for (let at = start + 4; at <= start + 2 + length; at++) {
          const longer = inserted(plain, at, CANARY)
          longer.writeUInt16BE(length + CANARY.length, start + 2)
          expectNone(longer, `into ${start} at ${at}`)
        }
      }
    },
  )

  it('of tables that no scan uses, and of codes that hold words', async () => {
    const plain = await pixels(24, 17).jpeg({ optimiseCoding: false }).toBuffer()
    const [quant, codes] = [Buffer.alloc(64, CANARY), Buffer.alloc(162, CANARY)]
    const standard = segmentsOf(plain).filter(({ marker }) => marker === 0xc4)[1]!.bytes
    const unused = [segment(0xdb, Buffer.concat([Buffer.from([3]), quant]))]
    for (const at of boundariesOf(plain)) expectNone(inserted(plain, at, ...unused), `unused at ${at}`)
    const spoken = Buffer.concat([standard.subarray(0, -162), codes])
    expectNone(inserted(plain, standard.byteOffset - plain.byteOffset, spoken), 'unused codes')
    expectNone(Buffer.concat([plain.subarray(0, -2), segment(0xdb, Buffer.concat([Buffer.from([0]), quant]))]), 'late')
  })

  it('keeps honest ones as they are, cuts what stands behind data, and leaves others to be encoded anew', async () => {
    for (const make of [
      ...Object.values({ ...MADE, ...RESTARTS }),
      () => pixels(701, 499).jpeg({ progressive: true }).toBuffer(),
    ]) {
      const plain = await make()
      expect(kept(plain)?.equals(kept(inserted(plain, plain.length - 2, CANARY))!)).toBe(true)
      expect(segmentsOf(kept(plain)!).map(({ bytes }) => bytes)).toEqual(segmentsOf(plain).map(({ bytes }) => bytes))
    }
    const arithmetic = Buffer.from(await MADE['baseline']!())
    arithmetic[arithmetic.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9
    expect(kept(arithmetic)).toBeUndefined()
  })
})
