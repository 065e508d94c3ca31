import { pixels } from '../../../test/setup/pictures.js'
import { readJpeg } from './jpeg.js'
import { BYTES_OF_SLICE, exactData, MCUS_OF_SLICE } from './jpeg-entropy.js'
import { frameOf } from './jpeg-frame.js'
import { codesOf } from './jpeg-tables.js'

const [WIDE, HIGH] = [400, 10]
const MCUS = WIDE * HIGH

/** A single code of one bit, for a difference of nothing and for the end of a block. */
const codes = codesOf(Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(16)]))

/** A single code of 16 bits, for a value of 15: no block takes more. */
const longest = codesOf(Buffer.concat([Buffer.alloc(16), Buffer.from([1, 15])]))

/** Of a grey frame, whose blocks are two bits each. */
function scanWith(interval: number, behind = 0) {
  const size = Buffer.alloc(4)
  size.writeUInt16BE(8 * HIGH)
  size.writeUInt16BE(8 * WIDE, 2)
  const head = [Buffer.from([0xff, 0xc0, 0, 11, 8]), size, Buffer.from([1, 1, 0x11, 0])]
  const frame = frameOf(Buffer.concat(head))!
  const scan = { components: [{ component: frame.components[0]!, dc: 0, ac: 0 }], from: 0, to: 63, high: 0, low: 0 }
  const pieces: Buffer[] = []
  for (let mcu = 0; mcu < MCUS; mcu += interval) {
    const [restart, bits] = [Buffer.from([0xff, 0xd0 + ((mcu / interval - 1) & 7)]), 2 * Math.min(interval, MCUS - mcu)]
    pieces.push(...(mcu > 0 ? [restart] : []), Buffer.alloc(Math.ceil(bits / 8)))
  }
  const data = Buffer.concat([...pieces, Buffer.alloc(behind)])
  const reading = (data: Buffer, table = codes) => exactData(data, scan, frame, [{ dc: table, ac: table }], interval)
  return { data, reading, read: reading(data) }
}

function slicesOf({ data, read }: ReturnType<typeof scanWith>) {
  let slices = 1
  let slice = read.next()
  for (; !slice.done; slice = read.next()) slices++
  return { data, exact: slice.value, slices }
}

describe('the look at the bits of a JPEG', () => {
  it.each([1, 400, 500, 501, MCUS])('gives way as often in intervals of %i', (interval) => {
    const { data, exact, slices } = slicesOf(scanWith(interval))
    expect(exact?.equals(data)).toBe(true)
    expect(slices).toBe(MCUS / MCUS_OF_SLICE)
  })

  it('gives way while it passes over many bytes', () => {
    const { data, exact, slices } = slicesOf(scanWith(MCUS, 4 * BYTES_OF_SLICE))
    expect(exact?.length).toBe(MCUS / 4)
    expect(data.length).toBeGreaterThan(4 * BYTES_OF_SLICE)
    expect(slices).toBe(MCUS / MCUS_OF_SLICE + 4)
  })

  it.each([0, 4, 40])('finds that %i bytes are too few for a block, however long its codes are', (length) => {
    const { reading } = scanWith(MCUS)
    expect(reading(Buffer.alloc(length), longest).next()).toEqual({ done: true, value: undefined })
  })

  it('gives way behind each scan', async () => {
    const jpeg = readJpeg(await pixels(8, 8).jpeg().toBuffer())
    let others = 0
    setImmediate(() => others++)
    expect(await jpeg?.exactParts()).toBeDefined()
    expect(others).toBe(1)
  })
})
