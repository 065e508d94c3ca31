const [SOF0, SOF2] = [0xc0, 0xc2]
const EVERY_BIT = 255

export interface Component {
  id: number
  across: number
  down: number
  quant: number
  /** In blocks: of a scan of its own, and from one row to the next. */
  wide: number
  high: number
  stride: number
  /** Of each coefficient, the bits that scans still have to tell. */
  missing: Uint8Array
  /** Two words a block: its coefficients that are not zero. Refining scans have a bit for each of them. */
  filled: Int32Array
}

export interface Frame {
  isProgressive: boolean
  mcusWide: number
  mcusHigh: number
  components: Component[]
}

/** Undefined for a frame that browsers do not show: they know Huffman coding of eight bits (ITU-T T.81 §B.2.2). */
export function frameOf(segment: Buffer): Frame | undefined {
  const [marker, precision, count] = [segment[1]!, segment[4], segment[9] ?? 0]
  if (marker < SOF0 || marker > SOF2 || precision !== 8) return undefined
  if (count < 1 || count > 4 || segment.length !== 10 + 3 * count) return undefined
  const [height, width] = [segment.readUInt16BE(5), segment.readUInt16BE(7)]
  const stated = Array.from({ length: count }, (_, n) => segment.subarray(10 + 3 * n, 13 + 3 * n))
  const [acrosses, downs] = [stated.map((part) => part[1]! >> 4), stated.map((part) => part[1]! & 15)]
  if (width === 0 || height === 0 || [...acrosses, ...downs].some((factor) => factor < 1 || factor > 4))
    return undefined
  const [most, tallest] = [Math.max(...acrosses), Math.max(...downs)]
  const [mcusWide, mcusHigh] = [Math.ceil(width / (8 * most)), Math.ceil(height / (8 * tallest))]
  const components = stated.map((part, n): Component => {
    const [across, down] = [acrosses[n]!, downs[n]!]
    const stride = mcusWide * across
    const wide = Math.ceil(Math.ceil((width * across) / most) / 8)
    const high = Math.ceil(Math.ceil((height * down) / tallest) / 8)
    const filled = new Int32Array(marker === SOF2 ? 2 * stride * mcusHigh * down : 0)
    const missing = new Uint8Array(64).fill(EVERY_BIT)
    return { id: part[0]!, quant: part[2]!, across, down, wide, high, stride, missing, filled }
  })
  return { isProgressive: marker === SOF2, mcusWide, mcusHigh, components }
}

export const isComplete = ({ components }: Frame): boolean =>
  components.every(({ missing }) => missing.every((bits) => bits === 0))

export interface Scan {
  components: { component: Component; dc: number; ac: number }[]
  from: number
  to: number
  high: number
  low: number
}

/** Undefined for a scan that does not go on where others ended (§G.1.1.1). */
export function scanOf(header: Buffer, frame: Frame): Scan | undefined {
  const count = header[4] ?? 0
  if (count < 1 || count > 4 || header.length !== 8 + 2 * count) return undefined
  const components = Array.from({ length: count }, (_, n) => {
    const [id, tables] = [header[5 + 2 * n], header[6 + 2 * n]!]
    const component = frame.components.find((other) => other.id === id)
    return component && { component, dc: tables >> 4, ac: tables & 15 }
  }).filter((part) => part !== undefined)
  const [from, to, bits] = [...header.subarray(5 + 2 * count)] as [number, number, number]
  const scan = { components, from, to, high: bits >> 4, low: bits & 15 }
  const isNew = new Set(components.map(({ component }) => component)).size === count
  return isNew && isInTurn(scan, frame) ? scan : undefined
}

function isInTurn({ components, from, to, high, low }: Scan, { isProgressive }: Frame): boolean {
  if (!isProgressive && (from !== 0 || to !== 63 || high !== 0 || low !== 0)) return false
  if (isProgressive && (from === 0 ? to !== 0 : to < from || to > 63 || components.length > 1)) return false
  if (high !== 0 && low !== high - 1) return false
  const before = high === 0 ? EVERY_BIT : high
  return components.every(({ component }) => component.missing.subarray(from, to + 1).every((bits) => bits === before))
}

export function tellBits({ components, from, to, low }: Scan): void {
  for (const { component } of components) component.missing.fill(low, from, to + 1)
}
