const marker = (code: number, ...body: number[]) => [
  0xff,
  code,
  (body.length + 2) >> 8,
  (body.length + 2) & 255,
  ...body,
]
const START = [0xff, 0xd8]
const END = [0xff, 0xd9]
const MAX_RUN = 0x7fff
const ONE_CODE = [1, ...Array<number>(15).fill(0)]
const DIFFERENCE_0 = 0x00
/** A run of 2^14 and more blocks that hold nothing; 14 bits say how many more. */
const END_OF_BAND_14 = 0xe0
const BITS_OF_RUN = '0' + '1'.repeat(14)

/**
 * A grey picture in which each scan says, in some 50 bytes, that every block stays as it is (ITU T.81, G.1.2.2). A decoder
 * goes through all blocks for each of them, and none is against the standard.
 */
export function progressiveJpeg(size: number, scans: number): Buffer<ArrayBuffer> {
  const blocks = Math.ceil(size / 8) ** 2
  const frame = [8, size >> 8, size & 255, size >> 8, size & 255, 1, 1, 0x11, 0]
  const head = [
    ...START,
    ...marker(0xdb, 0, ...Array<number>(64).fill(1)),
    ...marker(0xc2, ...frame),
    ...marker(0xc4, 0x00, ...ONE_CODE, DIFFERENCE_0),
    ...marker(0xc4, 0x10, ...ONE_CODE, END_OF_BAND_14),
    ...scanOf(0, 0),
  ]
  const level = Buffer.alloc(Math.ceil(blocks / 8))
  const scan = Buffer.from([...scanOf(1, 63), ...packed(BITS_OF_RUN.repeat(Math.ceil(blocks / MAX_RUN)))])
  return Buffer.concat([Buffer.from(head), level, ...Array<Buffer>(scans).fill(scan), Buffer.from(END)])
}

const scanOf = (first: number, last: number) => marker(0xda, 1, 1, 0x00, first, last, 0)

/** A byte of ones is followed by a zero, lest it be taken for a marker. */
function packed(bits: string): number[] {
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1')
  const bytes = padded.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2))
  return bytes.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]))
}
