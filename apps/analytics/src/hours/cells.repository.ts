import { HOUR_MS } from '@mpics/contracts/durations'
import type { ErasedIds } from '@mpics/eventing'
import { type Connection, type KeptDocuments, ttlKeys, ttlSeconds, updateEach } from '@mpics/mongo'
import { type Model, mongo, Schema } from 'mongoose'
import type { Cell } from '../counts/period-count.js'
import { type Dimension, everyDimension } from '../counts/dimension.js'
import { hoursFrom } from '../view-log/logged-view.js'

/** Of the whole site, in the period in which they began. */
export interface SessionSums {
  sessions: number
  bounces: number
  seconds: number
}

export interface StoredCell extends Partial<SessionSums> {
  _id: string
  /** Beginning of the hour or day. */
  at: Date
  dimension: Dimension
  value: string
  views: number
  repeats: number
  visitors: number
  registers: Uint8Array
  /** How many views the period had when this was written, while it goes on. */
  seen: number
  /** Which closing of the period wrote it; absent while the period goes on. */
  closing?: number
}

/** Of one value in one period, without the sketch. */
export type CellCounts = Pick<StoredCell, 'at' | 'views' | 'repeats' | 'visitors'> & Partial<SessionSums>

export interface CellQuery {
  dimension: Dimension
  from: Date
  to: Date
  values?: readonly string[] | undefined
  /** Of the time, hours of these days alone. */
  days?: readonly Date[]
  withoutDays?: readonly Date[]
}

interface Period {
  at: Date
  seen: number
  closing?: number
}

/** So few fit into one command of `updateEach`, which makes none after one that is refused. */
const PIECE = 500
const BATCH = 500
/** Of what is small: a whole series in one answer. */
const MANY = 2_000
const HOURS_A_DAY = 24
const COUNTS = { _id: 0, at: 1, views: 1, repeats: 1, visitors: 1, sessions: 1, bounces: 1, seconds: 1 }
const SUMMED = ['views', 'repeats', 'visitors', 'sessions', 'bounces', 'seconds']
const idOf = (at: Date, dimension: string, value: string) => `${at.toISOString()} ${dimension} ${value}`

/** Of all cells of a period. */
const idsOf = (at: Date) => ({ $gte: `${at.toISOString()} `, $lt: `${at.toISOString()}!` })

/** The counts of periods of one length: a document for each value of each dimension. */
export class CellCollection {
  readonly model: Model<StoredCell>

  constructor(
    private readonly connection: Connection,
    private readonly erased: ErasedIds,
    name: string,
    keeping?: KeptDocuments,
  ) {
    const whole = { type: Number, required: true }
    const counts = { views: whole, repeats: whole, visitors: whole, registers: Schema.Types.Mixed, seen: whole }
    const schema = new Schema(
      {
        ...{ _id: String, at: Date, dimension: String, value: String, ...counts },
        ...{ sessions: Number, bounces: Number, seconds: Number, closing: Number },
      },
      { versionKey: false, autoCreate: false, minimize: false, strict: 'throw' },
    )
    schema.index({ dimension: 1, value: 1, at: 1 })
    schema.index({ dimension: 1, at: 1, views: -1 })
    if (keeping) schema.index(ttlKeys(keeping), { expireAfterSeconds: ttlSeconds(keeping) })
    this.model = connection.model(name, schema, name) as unknown as Model<StoredCell>
  }

  /** Writes cells of a period that goes on. What is closed, or was counted further, stays. */
  async writeOpen(at: Date, seen: number, cells: readonly Cell[]): Promise<void> {
    await this.write(cells, { at, seen }, { closing: { $exists: false }, seen: { $lte: seen } })
  }

  /** Replaces all cells of a period, but those of a later closing. May be repeated. */
  async writeClosed(at: Date, cells: readonly (Cell & Partial<SessionSums>)[], closing: number): Promise<void> {
    await this.write(cells, { at, seen: 0, closing }, { closing: { $not: { $gt: closing } } })
    await this.model.deleteMany({ _id: idsOf(at), closing: { $not: { $gte: closing } } })
  }

  /** Nobody has closed the period later. */
  async isNewest(at: Date, closing: number): Promise<boolean> {
    return (await this.model.exists({ _id: idsOf(at), closing: { $gt: closing } })) === null
  }

  /** The cells of a dimension in a time, of these values alone if some are given. The driver’s own query: they may be thousands. */
  async *of({ dimension, values, ...times }: CellQuery): AsyncIterable<StoredCell> {
    const filter = { dimension, ...(values && { value: { $in: [...values] } }), at: timesOf(times) }
    const projection = { seen: 0, closing: 0 }
    yield* this.model.collection.find(filter, { projection }).batchSize(BATCH) as unknown as AsyncIterable<StoredCell>
  }

  /** What the cells of a value have counted, of a whole time or of some periods: a sketch is fifty times as long. */
  counts(asked: {
    dimension: Dimension
    value: string
    times: { from: Date; to: Date } | Date[]
  }): Promise<CellCounts[]> {
    const { dimension, value, times } = asked
    const filter = { dimension, value, at: Array.isArray(times) ? { $in: times } : { $gte: times.from, $lt: times.to } }
    const found = this.model.collection.find<CellCounts>(filter, { projection: COUNTS })
    return found.batchSize(MANY).toArray()
  }

  /** Sums that are the same for the same cells, by the beginning of each period. */
  async sums(periods: readonly Date[], dimensions = everyDimension): Promise<Map<number, string>> {
    const found = await this.model.aggregate<{ _id: Date } & Record<string, number>>([
      { $match: { dimension: { $in: [...dimensions] }, at: { $in: [...periods] } } },
      {
        $group: { _id: '$at', cells: { $sum: 1 }, ...Object.fromEntries(SUMMED.map((of) => [of, { $sum: `$${of}` }])) },
      },
    ])
    return new Map(found.map(({ _id, ...sums }) => [_id.getTime(), textOf(sums)]))
  }

  /** The beginnings of the periods that have cells. */
  async periods(from: Date, to: Date): Promise<Date[]> {
    const found = await this.model.distinct('at', {
      dimension: { $in: [...everyDimension] },
      at: { $gte: from, $lt: to },
    })
    return found
  }

  /** The values of a dimension that were viewed most, with their views. */
  async mostViewed({ dimension, from, to }: CellQuery, most: number): Promise<{ value: string; views: number }[]> {
    const found = await this.model.aggregate<{ _id: string; views: number }>([
      { $match: { dimension, at: { $gte: from, $lt: to } } },
      { $group: { _id: '$value', views: { $sum: '$views' } } },
      { $sort: { views: -1, _id: 1 } },
      { $limit: most },
    ])
    return found.map(({ _id, views }) => ({ value: _id, views }))
  }

  private async write(cells: readonly Cell[], period: Period, unless: object): Promise<void> {
    for (let begin = 0; begin < cells.length; begin += PIECE) {
      const writes = cells.slice(begin, begin + PIECE).map((cell) => writeOf(cell, period, unless))
      await updateEach(this.connection.db!, this.model.collection.name, writes).catch(ignoreRefused)
    }
    // a page may have been erased since its views were read
    await this.erased.recheck(cells.map(({ value }) => value))
  }
}

function timesOf({ from, to, days = [], withoutDays = [] }: Omit<CellQuery, 'dimension'>) {
  const isWhole = days.length * HOURS_A_DAY >= (to.getTime() - from.getTime()) / HOUR_MS
  const hours = isWhole
    ? []
    : days.flatMap((day) => Array.from({ length: HOURS_A_DAY }, (_, hour) => hoursFrom(day, hour)))
  return {
    ...{ $gte: from, $lt: to },
    ...(hours.length > 0 && { $in: hours }),
    ...(withoutDays.length > 0 && { $nin: [...withoutDays] }),
  }
}

const textOf = (sums: Readonly<Record<string, number>>): string => JSON.stringify(Object.entries(sums).sort())

/** The sums of counted cells, as those of stored ones are. */
export function sumsOf(cells: readonly (Cell & Partial<SessionSums>)[]): string {
  const sums = Object.fromEntries([['cells', cells.length], ...SUMMED.map((of) => [of, 0])]) as Record<string, number>
  for (const cell of cells)
    for (const of of SUMMED) sums[of]! += of === 'visitors' ? visitorsOf(cell) : (cell[of as 'views'] ?? 0)
  return textOf(sums)
}

/** An estimate may exceed the truth. */
const visitorsOf = ({ visitors, views }: Cell): number => Math.min(visitors.estimate(), views)

function writeOf(counted: Cell & Partial<SessionSums>, period: Period, unless: object) {
  const { visitors, ...cell } = counted
  const registers = new mongo.Binary(visitors.toBytes())
  return {
    filter: { _id: idOf(period.at, cell.dimension, cell.value), ...unless },
    update: { $set: { ...cell, ...period, visitors: visitorsOf(counted), registers } },
    upsert: true,
  }
}

/** A document that the filter does not let through exists already, so the upsert is refused: it stays as it is. */
function ignoreRefused(error: unknown): void {
  const { writeErrors = [], writeConcernError } = error as Partial<mongo.MongoServerError>
  const refusals = writeErrors as { code: number }[]
  // what no majority has may be rolled back
  if (refusals.length === 0 || refusals.some(({ code }) => code !== 11_000) || writeConcernError) throw error
}

/** Of the driver’s own answer, which they keep in memory: merge them at once. */
export const bytesOf = (registers: unknown): Uint8Array =>
  registers instanceof mongo.Binary ? registers.buffer : ((registers ?? new Uint8Array()) as Uint8Array)
