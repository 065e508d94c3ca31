const [HEADER_BYTES, SIZE_BYTES] = [10, 3]

export interface Partition {
  from: number
  to: number
}

/** The parts of a lossy key frame (RFC 6386 §9.2 to §9.5), undefined if one reaches beyond its end. */
export function partitionsOf(frame: Buffer): Partition[] | undefined {
  if (frame.length < HEADER_BYTES + 2 || (frame[0]! & 1) !== 0) return undefined
  const first = { from: HEADER_BYTES, to: HEADER_BYTES + (frame.readUIntLE(0, 3) >> 5) }
  const count = countOf(new Bools(frame.subarray(first.from, first.to)))
  const partitions = [first]
  let from = first.to + SIZE_BYTES * (count - 1)
  for (let n = 0, at = first.to; n < count; n++, at += SIZE_BYTES) {
    if (from > frame.length) return undefined
    const to = n < count - 1 ? from + frame.readUIntLE(at, SIZE_BYTES) : frame.length
    partitions.push({ from, to })
    from = to
  }
  return partitions
}

function countOf(bools: Bools): number {
  bools.number(2)
  if (bools.flag()) skipSegments(bools)
  bools.number(10)
  if (bools.flag() && bools.flag()) bools.options(8, 7)
  return 1 << bools.number(2)
}

function skipSegments(bools: Bools): void {
  const [hasMap, hasData] = [bools.flag(), bools.flag()]
  if (hasData) {
    bools.flag()
    bools.options(4, 8)
    bools.options(4, 7)
  }
  if (hasMap) bools.options(3, 8)
}

/** §7.3, of even odds. */
class Bools {
  private readonly data: Buffer
  private value: number
  private range = 255
  private at = 2
  private shifts = 0

  constructor(data: Buffer) {
    this.data = data
    this.value = ((data[0] ?? 0) << 8) | (data[1] ?? 0)
  }

  flag(): boolean {
    const split = 1 + ((this.range - 1) >> 1)
    const isSet = this.value >= split << 8
    if (isSet) this.value -= split << 8
    this.range = isSet ? this.range - split : split
    for (; this.range < 128; this.range <<= 1) this.shift()
    return isSet
  }

  number(bits: number): number {
    let value = 0
    for (let n = 0; n < bits; n++) value = 2 * value + Number(this.flag())
    return value
  }

  /** So many numbers, each of which may be left out. */
  options(count: number, bits: number): void {
    for (let n = 0; n < count; n++) if (this.flag()) this.number(bits)
  }

  private shift(): void {
    this.value <<= 1
    if (++this.shifts % 8 === 0) this.value |= this.data[this.at++] ?? 0
  }
}
