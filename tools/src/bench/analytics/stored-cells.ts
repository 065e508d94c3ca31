import { randomUUID } from 'node:crypto'
import { DAY_MS } from '@mpics/contracts/durations'
import { caller } from '../cost/scene/calls.js'
import { databaseOf, insert } from '../cost/scene/clones.js'
import type { Side } from '../cost/scene/job.js'
import type { Scene } from '../cost/scene/scene.js'
import { internalToken } from '../services/internal-token.js'

const DAYS = 396
const PIECE = 2_000
const REGISTERS = 4096
/** A sketch in which fewer registers are used is stored by them. */
const FEW = REGISTERS / 3
const [DENSE, SPARSE] = [2, 1]
/** How often the counts of each day were written: once for each hour, and for the day. */
const WRITES = 25

const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
const first = today - DAYS * DAY_MS
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10)
const times = (step: number) => Array.from({ length: (today - first) / step }, (_, n) => new Date(first + n * step))

export const thirteenMonths = () => `from=${dateOf(first)}&to=${dateOf(today - DAY_MS)}`

interface Value {
  dimension: string
  value: string
  visitors: number
}

/** Cells of a value as they are stored, one for each hour or day. */
export async function keepCells(
  { system }: Scene,
  collection: 'hours' | 'days',
  step: number,
  value: Value,
): Promise<void> {
  const cells = times(step).map((at) => cellOf(at, value))
  for (let begin = 0; begin < cells.length; begin += PIECE)
    await insert(system, 'analytics', collection, cells.slice(begin, begin + PIECE))
}

/** Other measurements of the same run may have written them. */
export async function writtenDays({ system }: Scene): Promise<void> {
  const byMonth = Map.groupBy(
    times(DAY_MS).map((day) => day.toISOString()),
    (day) => day.slice(0, 7),
  )
  const months = [...byMonth].map(([_id, days]) => ({
    _id,
    days: Object.fromEntries(days.map((day) => [day.slice(8, 10), WRITES])),
  }))
  const { connection, close } = await databaseOf(system, 'analytics')
  try {
    await connection.db!.collection('written_days').deleteMany({})
  } finally {
    await close()
  }
  await insert(system, 'analytics', 'written_days', months)
}

function cellOf(at: Date, { dimension, value, visitors }: Value) {
  const counts = { views: 2 * visitors, repeats: visitors, visitors, seen: 0, closing: 1 }
  const sessions = dimension === 'site' ? { sessions: visitors, bounces: 0, seconds: 10 * visitors } : {}
  const _id = `${at.toISOString()} ${dimension} ${value}`
  return { _id, at, dimension, value, ...counts, ...sessions, registers: sketchOf(visitors) }
}

function sketchOf(visitors: number): Buffer {
  const dense = Buffer.alloc(1 + REGISTERS)
  for (let n = 0; n < visitors; n++) dense[1 + below(REGISTERS)] = 1 + below(8)
  dense[0] = DENSE
  const used = [...dense.keys()].filter((at) => at > 0 && dense[at]! > 0)
  if (used.length >= FEW) return dense
  return Buffer.from([SPARSE, ...used.flatMap((at) => [(at - 1) >> 8, (at - 1) & 0xff, dense[at]!])])
}

const below = (end: number): number => Math.floor(Math.random() * end)

/** Who asks analytics itself, with the rights of staff. */
export function asAnalyst({ system, folder, pids, mongod }: Scene, what: string, path: string): Side {
  let token = ''
  const staff = { sub: randomUUID(), sid: randomUUID(), roles: ['member', 'analyst'] }
  return {
    name: `analytics: ${what}`,
    prepare: async () => (token = await internalToken(folder, 'analytics', staff)),
    pids: { analytics: system.services.analytics.pid ?? pids['analytics'], ...mongod },
    call: caller(`http://127.0.0.1:${system.ports.analytics.http}`, 200, () => ({
      path,
      headers: { authorization: `Bearer ${token}` },
    })),
  }
}
