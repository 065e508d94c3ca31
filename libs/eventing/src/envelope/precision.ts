import { hash } from 'node:crypto'
import type { Precision } from '@mpics/contracts'
import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'

const UNIT_MS: Readonly<Record<Precision, number>> = { exact: 1, second: 1000, hour: HOUR_MS, day: DAY_MS }

/** As exactly as a record may tell of it. */
interface Moment {
  time: string
  timestamp: string
}

let last = { time: '', precision: 'exact' as Precision, cut: { time: '', timestamp: '' } }

/** Cuts an ISO 8601 time; anything finer than a second goes with its digits. Facts of one moment have one time, which is cut once. */
export function momentOf(time: string, precision: Precision): Moment {
  if (time !== last.time || precision !== last.precision) last = { time, precision, cut: cutAnew(time, precision) }
  return last.cut
}

function cutAnew(time: string, precision: Precision): Moment {
  const unit = UNIT_MS[precision]
  const cut = Math.floor(Date.parse(time) / unit) * unit
  return { time: new Date(cut).toISOString().replace('.000Z', 'Z'), timestamp: String(cut) }
}

/** A UUIDv4 in place of a UUIDv7, which holds its time (RFC 9562 §5.7): the same one at each attempt to publish. */
export function timelessId(id: string): string {
  if (id[14] === '4') return id
  const bytes = hash('sha256', id, 'buffer')
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
