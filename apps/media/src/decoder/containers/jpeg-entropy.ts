import { nextMarker } from '../structure/jpeg-structure.js'
import type { Component, Frame, Scan } from './jpeg-frame.js'
import { quickIndex, quickSteps, stepOf } from './jpeg-tables.js'

const RST0 = 0xd0
/** No honest file has a piece to cut out behind each of so many restarts. */
const MAX_PIECES = 1_000
/** A millisecond or so of reading: others of this thread wait no longer. */
export const MCUS_OF_SLICE = 500
/** The same, of bytes that are only passed over. */
export const BYTES_OF_SLICE = 64 * 1024
/** A block takes no more: 64 codes of 16 bits, with values of 15. */
const BYTES_OF_BLOCK = 256

/** The codes of a component in a scan; one that needs none has none. */
export interface Codes {
  dc?: Uint16Array | undefined
  ac?: Uint16Array | undefined
}

/**
 * A scan's data without what stands behind the last block of each interval (ITU-T T.81 §F.2, §G.2), read in slices. Undefined if its
 * blocks cannot be read.
 */
export function* exactData(
  data: Buffer,
  scan: Scan,
  frame: Frame,
  codes: Codes[],
  interval: number,
): Generator<void, Buffer | undefined> {
  const [blocks, pieces] = [new Blocks(data, scan, codes), new Array<Buffer>()]
  const mcus = scan.components.length > 1 ? frame.mcusWide * frame.mcusHigh : sizeOf(scan.components[0]!.component)
  for (let [at, from, mcu, n] = [0, 0, 0, 0]; pieces.length < MAX_PIECES; n++) {
    const [next, until] = [nextMarker(data, at), Math.min(mcus, mcu + (interval || mcus))]
    yield* blocks.begin(at, next)
    yield* readMcus(blocks, frame, mcu, until)
    if (blocks.isOver) return undefined
    const end = yield* blocks.endAfter(at)
    mcu = until
    if (mcu === mcus) return Buffer.concat([...pieces, data.subarray(from, end)])
    if (data[next + 1] !== RST0 + (n & 7)) return undefined
    if (end < next) {
      pieces.push(data.subarray(from, end))
      from = next
    }
    at = next + 2
  }
  return undefined
}

/** Of 16, those behind the longest code, by which the table is long. */
const spareBits = (codes: Uint16Array) => Math.clz32(codes.length) - 15
const sizeOf = ({ wide, high }: Component) => wide * high

/** Its slices end at the same places whatever the intervals: many cameras begin one with each row, and they may be as short as an MCU. */
function* readMcus(blocks: Blocks, frame: Frame, from: number, until: number): Generator<void> {
  for (let mcu = from; mcu < until && !blocks.isOver;) {
    if (mcu > 0 && mcu % MCUS_OF_SLICE === 0) yield
    const end = Math.min(until, mcu - (mcu % MCUS_OF_SLICE) + MCUS_OF_SLICE)
    readSlice(blocks, frame, mcu, end)
    mcu = end
  }
}

function readSlice(blocks: Blocks, { mcusWide }: Frame, from: number, until: number): void {
  const { components } = blocks.scan
  const { wide, stride } = components[0]!.component
  for (let mcu = from; mcu < until && !blocks.isOver; mcu++)
    if (components.length === 1) blocks.readBlock(0, Math.floor(mcu / wide) * stride + (mcu % wide))
    else
      for (let n = 0; n < components.length; n++) {
        const { across, down, stride } = components[n]!.component
        const first = Math.floor(mcu / mcusWide) * down * stride + (mcu % mcusWide) * across
        for (let row = 0; row < down; row++)
          for (let column = 0; column < across; column++) blocks.readBlock(n, first + row * stride + column)
      }
}

/** Reads over the blocks of a scan, and remembers of their values only which are not zero. */
class Blocks {
  readonly scan: Scan
  private readonly data: Buffer
  private readonly codes: Codes[]
  private readonly bits: Buffer
  private readonly view: DataView
  private readonly steps: Uint16Array[] = []
  private at = 0
  private end = 0
  private endOfData: number | undefined
  private blocksToSkip = 0
  private isBroken = false
  readonly readBlock: (n: number, block: number) => void

  constructor(data: Buffer, scan: Scan, codes: Codes[]) {
    this.data = data
    this.scan = scan
    this.codes = codes
    this.bits = Buffer.alloc(data.length + BYTES_OF_BLOCK)
    this.view = new DataView(this.bits.buffer, this.bits.byteOffset, this.bits.length)
    const { from, to, high } = scan
    if (from === 0 && to > 0) {
      this.steps = codes.map(({ ac }) => quickSteps(ac!))
      this.readBlock = (n) => this.sequential(n)
    } else if (from === 0)
      this.readBlock = high === 0 ? (n) => this.skipValue(this.codes[n]!.dc!) : () => void this.at++
    else this.readBlock = high === 0 ? (n, block) => this.firstBits(n, block) : (n, block) => this.furtherBit(n, block)
  }

  get isOver(): boolean {
    return this.isBroken || this.at > this.end
  }

  /** Goes to the data between two markers. */
  *begin(from: number, to: number): Generator<void> {
    const { data, bits } = this
    let [at, length, isOver] = [from, 0, false]
    while (at < to && !isOver) {
      if (at > from) yield
      for (const until = Math.min(to, at + BYTES_OF_SLICE); at < until && !isOver; at++) {
        const byte = data[at]!
        bits[length] = byte
        if (byte === 0xff && data[++at] !== 0) isOver = true
        else length++
      }
    }
    this.endOfData = isOver ? undefined : at
    bits.fill(0, length, length + 8)
    this.at = this.blocksToSkip = 0
    this.end = 8 * length
  }

  /** The end of what was read of the data that begins there. */
  *endAfter(from: number): Generator<void, number> {
    const { data, endOfData } = this
    if (endOfData !== undefined && this.at > this.end - 8) return endOfData
    let at = from
    for (let left = Math.ceil(this.at / 8); left > 0;) {
      if (at > from) yield
      for (const until = Math.max(0, left - BYTES_OF_SLICE); left > until; left--) at += data[at] === 0xff ? 2 : 1
    }
    return at
  }

  private sixteen(): number {
    const [bits, at] = [this.bits, this.at >> 3]
    return (((bits[at]! << 16) | (bits[at + 1]! << 8) | bits[at + 2]!) >> (8 - (this.at & 7))) & 0xffff
  }

  private symbol(codes: Uint16Array): number {
    const code = codes[this.sixteen() >> spareBits(codes)]!
    if (code === 0) this.isBroken = true
    this.at += code >> 8
    return code & 255
  }

  private skipValue(codes: Uint16Array): number {
    const symbol = this.symbol(codes)
    this.at += symbol & 15
    return symbol
  }

  private sequential(n: number): void {
    const { dc, ac } = this.codes[n]!
    this.skipValue(dc!)
    if (this.at > this.end) return
    const [{ view }, quick] = [this, this.steps[n]!]
    let at = this.at
    for (let k = 1; k < 64;) {
      const step = quick[quickIndex(view, at)]! || this.stepAt(at, ac!)
      if (step === 0) return void (this.isBroken = true)
      at += step & 31
      k += step >> 5
    }
    this.at = at
  }

  private stepAt(at: number, codes: Uint16Array): number {
    return stepOf(codes[((this.view.getUint32(at >> 3) << (at & 7)) >>> 16) >> spareBits(codes)]!)
  }

  private firstBits(n: number, block: number): void {
    if (this.blocksToSkip > 0) return void this.blocksToSkip--
    const { ac } = this.codes[n]!
    for (let k = this.scan.from; k <= this.scan.to && !this.isBroken; k++) {
      const symbol = this.symbol(ac!)
      if ((symbol & 15) === 0 && symbol !== 0xf0) return void (this.blocksToSkip = this.runOf(symbol >> 4) - 1)
      k += symbol >> 4
      this.at += symbol & 15
      if (symbol !== 0xf0 && k < 64) this.fill(n, block, k)
    }
  }

  private furtherBit(n: number, block: number): void {
    const { from, to } = this.scan
    let k = from
    for (; this.blocksToSkip === 0 && k <= to && !this.isBroken; k++) {
      const symbol = this.symbol(this.codes[n]!.ac!)
      if ((symbol & 15) === 0 && symbol !== 0xf0) {
        this.blocksToSkip = this.runOf(symbol >> 4)
        break
      }
      if (symbol !== 0xf0) this.at++
      k = this.refineUpTo(n, block, k, symbol >> 4)
      if (symbol !== 0xf0 && k < 64) this.fill(n, block, k)
    }
    if (this.blocksToSkip === 0) return
    this.refineUpTo(n, block, k, 64)
    this.blocksToSkip--
  }

  /** Over so many coefficients that are zero, up to the next that is. */
  private refineUpTo(n: number, block: number, from: number, zeros: number): number {
    const { filled } = this.scan.components[n]!.component
    const [low, high] = [filled[2 * block]!, filled[2 * block + 1]!]
    let k = from
    let left = zeros
    if ((low | high) === 0) return Math.min(k + left, this.scan.to + 1)
    for (; k <= this.scan.to; k++) {
      if (((k < 32 ? low : high) >>> (k & 31)) & 1) this.at++
      else if (left-- === 0) break
    }
    return k
  }

  private runOf(bits: number): number {
    const more = bits === 0 ? 0 : this.sixteen() >> (16 - bits)
    this.at += bits
    return (1 << bits) + more
  }

  private fill(n: number, block: number, k: number): void {
    const { filled } = this.scan.components[n]!.component
    filled[2 * block + (k >> 5)]! |= 1 << (k & 31)
  }
}
