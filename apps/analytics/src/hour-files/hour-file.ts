/** `traffic-hourly`: what is published of a closed hour. `views`: its single views, where the operator wants them. */
export const hourTables = ['traffic-hourly', 'views'] as const
export type HourTable = (typeof hourTables)[number]

/** One object of the lake: an hour of a table. */
export interface HourFile {
  /** Its key in the bucket. */
  readonly _id: string
  readonly table: HourTable
  readonly hour: Date
  /** Grows with everything that changes the content. */
  readonly notes: number
  /** Since when the object lags behind; absent when it does not. */
  readonly dueSince?: Date
  /** What it lags behind is an erasure. */
  readonly isErasing?: boolean
  /** The content that was written last; null where the hour has nothing to tell, and no object. */
  readonly etag: string | null
  readonly writtenAt: Date | null
}

const HOUR = /\/day=(\d{4}-\d\d-\d\d)\/(?:hour=\d\d\/)?[a-z-]+-\1T(\d\d)\.parquet$/

/** Partitions are named as Hive does, which DuckDB, Spark and Arrow understand. */
export function keyOf(table: HourTable, hour: Date): string {
  const [day, time] = [hour.toISOString().slice(0, 10), hour.toISOString().slice(11, 13)]
  const partition = table === 'views' ? `day=${day}/hour=${time}` : `day=${day}`
  return `${table}/${partition}/${table}-${day}T${time}.parquet`
}

/** Undefined for a key that is none of ours. */
export function hourOfKey(key: string): Date | undefined {
  const [, day, time] = HOUR.exec(key) ?? []
  const hour = new Date(`${day}T${time}:00:00Z`)
  return Number.isNaN(hour.getTime()) ? undefined : hour
}
