import { setImmediate as turn } from 'node:timers/promises'
import { type Codes, exactData } from './jpeg-entropy.js'
import { type Component, type Frame, frameOf, isComplete, type Scan, scanOf, tellBits } from './jpeg-frame.js'
import { codesOf, type Table, tablesOf } from './jpeg-tables.js'

interface Tables {
  segment: Buffer
  tables: Table[]
}

interface ScanData {
  data: Buffer
  exact: () => Generator<void, Buffer | undefined>
}

/** Bytes of the coding, or what has to be looked at. */
type Part = Buffer | Tables | ScanData

/** Gathers the frame, the scans up to the one that completes it, and the tables that these use. */
export class Coding {
  private readonly found: Part[] = []
  private readonly latest = new Map<string, Table>()
  private readonly scaled = new Set<Component>()
  private frame: Frame | undefined
  private exact?: Promise<Buffer[] | undefined>
  hasScans = false

  get isComplete(): boolean {
    return this.frame !== undefined && isComplete(this.frame)
  }

  /** Each of them is false for what has no place in a JPEG that browsers show. */
  begin(segment: Buffer): boolean {
    const isFirst = this.frame === undefined
    this.frame = frameOf(segment)
    this.found.push(segment)
    return isFirst && this.frame !== undefined
  }

  addTables(segment: Buffer): boolean {
    const tables = tablesOf(segment)
    if (!tables) return false
    for (const table of tables) this.latest.set(table.name, table)
    this.found.push({ segment, tables })
    return true
  }

  addScan(header: Buffer, data: Buffer): boolean {
    const scan = this.frame && scanOf(header, this.frame)
    const codes = scan && this.codesFor(scan)
    if (!this.frame || !codes) return false
    const interval = this.used('interval')?.readUInt16BE(0) ?? 0
    const { frame } = this
    this.found.push(header, { data, exact: () => exactData(data, scan, frame, codes, interval) })
    tellBits(scan)
    return (this.hasScans = true)
  }

  /** Undefined if one is missing. */
  private codesFor({ components, from, to, high }: Scan): Codes[] | undefined {
    const [needsDc, needsAc] = [from === 0 && high === 0, to > 0]
    const found = components.map(({ dc, ac }) => ({
      dc: needsDc ? this.codes(`codes ${dc}`) : undefined,
      ac: needsAc ? this.codes(`codes ${16 + ac}`) : undefined,
    }))
    const areScaled = components.every(({ component }) => this.isScaled(component))
    return areScaled && found.every(({ dc, ac }) => (dc || !needsDc) && (ac || !needsAc)) ? found : undefined
  }

  /** The first scan of a component settles which table scales it. */
  private isScaled(component: Component): boolean {
    if (!this.scaled.has(component) && this.used(`quant ${component.quant}`)) this.scaled.add(component)
    return this.scaled.has(component)
  }

  private codes(name: string): Uint16Array | undefined {
    const table = this.used(name)
    return table && codesOf(table)
  }

  private used(name: string): Buffer | undefined {
    const table = this.latest.get(name)
    if (table) table.isUsed = true
    return table?.bytes
  }

  /** Behind the data of its scans, bytes may stand that nothing reads. */
  parts(): Buffer[] {
    return this.found.flatMap((part) => ('data' in part ? part.data : asParts(part)))
  }

  /** Without them; undefined if a scan cannot be read. It gives way to what waits for this thread. */
  exactParts(): Promise<Buffer[] | undefined> {
    return (this.exact ??= this.readScans())
  }

  private async readScans(): Promise<Buffer[] | undefined> {
    const parts: Buffer[] = []
    for (const part of this.found) {
      const exact = 'exact' in part ? await inSlices(part.exact()) : asParts(part)
      if (!exact) return undefined
      parts.push(...(Buffer.isBuffer(exact) ? [exact] : exact))
    }
    return parts
  }
}

async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const slice = work.next()
    // also behind the last: a file may have thousands of scans, each shorter than a slice
    await turn()
    if (slice.done) return slice.value
  }
}

const asParts = (part: Buffer | Tables): Buffer[] =>
  Buffer.isBuffer(part) ? [part] : withoutUnused(part.segment, part.tables)

function withoutUnused(segment: Buffer, tables: Table[]): Buffer[] {
  const used = tables.filter(({ isUsed }) => isUsed)
  if (used.length === 0) return []
  if (used.length === tables.length) return [segment]
  const head = Buffer.from(segment.subarray(0, 4))
  const content = used.map(({ bytes }) => bytes)
  head.writeUInt16BE(2 + content.reduce((sum, { length }) => sum + length, 0), 2)
  return [head, ...content]
}
