import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'
import { type HourFile, hourOfKey, type HourTable, hourTables, keyOf } from '../hour-files/hour-file.js'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'
import { HourStateRepository } from '../view-log/hour-state.repository.js'
import { firstKept } from './hour-table-rows.js'
import { LakeStore } from './lake-store.js'

/** A writer writes one for a minute at most. Who slept for longer finds it gone, and the hour still noted. */
const UNFINISHED_MS = HOUR_MS

/**
 * Notes each hour whose object is not what was written last. It mends what no lease can rule out, a process that wakes up and writes
 * what it had read long before, and what others do: a restored database, an emptied bucket. Uploads that a dead writer left are given up.
 */
@Injectable()
export class CompareLake {
  private readonly logger = new Logger('CompareLake')

  constructor(
    private readonly store: LakeStore,
    private readonly files: HourFilesRepository,
    private readonly states: HourStateRepository,
    private readonly config: AnalyticsConfig,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    for (const table of hourTables) {
      const known = await this.known(table)
      const differing = [...(await this.neverNoted(table, known)), ...(await this.unlike(table, known))]
      if (differing.length > 0) this.logger.log({ table, differing: differing.length }, 'hours are stored anew')
      await this.files.note(table, differing)
      await this.giveUpUnfinished(table)
    }
  }

  private async giveUpUnfinished(table: HourTable): Promise<void> {
    const limit = new Date(this.clock.now().getTime() - UNFINISHED_MS)
    for await (const upload of this.store.unfinishedUnder(`${table}/`))
      if (upload.begunAt < limit) await this.store.giveUp(upload)
  }

  private async known(table: HourTable): Promise<Map<string, HourFile>> {
    const known = new Map<string, HourFile>()
    for await (const file of this.files.of(table)) known.set(file._id, file)
    return known
  }

  /** Closed before there was a lake, or before single views were wanted. */
  private async neverNoted(table: HourTable, known: ReadonlyMap<string, HourFile>): Promise<Date[]> {
    const hours: Date[] = []
    if (table === 'views' && !this.config.ANALYTICS_LAKE_VIEWS) return hours
    const begin = table === 'views' ? firstKept(this.clock.now()) : new Date(0)
    for await (const { hour } of this.states.closed())
      if (hour >= begin && !known.has(keyOf(table, hour))) hours.push(hour)
    return hours
  }

  private async unlike(table: HourTable, known: ReadonlyMap<string, HourFile>): Promise<Date[]> {
    const missing = new Map([...known].filter(([, { etag }]) => etag !== null))
    const hours: (Date | undefined)[] = []
    for await (const { key, etag } of this.store.objectsUnder(`${table}/`)) {
      missing.delete(key)
      if (known.get(key)?.etag !== etag) hours.push(hourOfKey(key))
    }
    return [...hours.filter((hour) => hour !== undefined), ...[...missing.values()].map(({ hour }) => hour)]
  }
}
