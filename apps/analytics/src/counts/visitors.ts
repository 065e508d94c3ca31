import { HyperLogLog } from '../sketch/hyperloglog.js'

const FEW = 400

/** Distinct browsers of one cell. Thousands of cells with few browsers take little memory each. */
export class Visitors {
  private few: Set<number> | undefined
  private sketch: HyperLogLog | undefined

  add(place: number): void {
    if (this.sketch) return void this.sketch.addPlace(place)
    this.few ??= new Set()
    this.few.add(place)
    if (this.few.size > FEW) this.dense()
  }

  merge(other: Visitors): void {
    if (other.sketch) this.dense().merge(other.sketch)
    for (const place of other.few ?? []) this.add(place)
  }

  mergeBytes(registers: Uint8Array): void {
    if (registers.length > 0) this.dense().mergeBytes(registers)
  }

  get isEmpty(): boolean {
    return !this.few && !this.sketch
  }

  estimate(): number {
    return this.isEmpty ? 0 : this.whole().estimate()
  }

  toBytes(): Uint8Array {
    return this.isEmpty ? new Uint8Array() : this.whole().toBytes()
  }

  private whole(): HyperLogLog {
    return this.sketch ?? filled(this.few)
  }

  private dense(): HyperLogLog {
    this.sketch ??= filled(this.few)
    this.few = undefined
    return this.sketch
  }
}

function filled(places: Iterable<number> = []): HyperLogLog {
  const sketch = HyperLogLog.empty()
  for (const place of places) sketch.addPlace(place)
  return sketch
}
