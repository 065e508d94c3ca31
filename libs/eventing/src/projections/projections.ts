import { randomUUID } from 'node:crypto'
import { type BeforeApplicationShutdown, Injectable, Logger, Optional } from '@nestjs/common'
import { Connection } from '@mpics/mongo'
import { ErasedIds } from '../consume/erased-ids.js'
import { wordsOf } from '../words-of.js'
import { Lease } from '../outbox/lease.js'
import { RebuildRunningError, UnknownProjectionError } from './projection.errors.js'
import type { Projection } from './projection.js'
import { Rebuild } from './rebuild.js'
import { type RebuildRecord, RebuildRecords } from './rebuild-records.js'

export interface ProjectionStatus {
  name: string
  source: string
  topics: readonly string[]
  /** The latest rebuild. `interrupted`: its process ended in the middle. */
  rebuild: (Omit<RebuildRecord, 'state'> & { state: RebuildRecord['state'] | 'interrupted' }) | null
}

export interface RebuildOrder {
  by: string
  /** Removes everything where the owner says nothing. */
  allowEmpty?: boolean
}

const LEASE_MS = 10_000

/** The projections of a service, and their rebuilds: one at a time for each, over all replicas. */
@Injectable()
export class Projections implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Projections')
  private readonly declared = new Map<string, Projection<unknown>>()
  private readonly closing = new AbortController()
  private readonly running = new Set<Promise<void>>()

  constructor(
    private readonly erased: ErasedIds,
    @Optional() private readonly connection?: Connection,
  ) {}

  register<F>(projection: Projection<F>): void {
    this.declared.set(projection.name, projection)
  }

  async list(): Promise<ProjectionStatus[]> {
    const byName = [...this.declared.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    return Promise.all(byName.map((projection) => this.statusOf(projection)))
  }

  async status(name: string): Promise<ProjectionStatus> {
    return this.statusOf(this.get(name))
  }

  /** Resolves when the rebuild has begun. Throws while one runs in any replica. */
  async rebuild(name: string, { by, allowEmpty = false }: RebuildOrder): Promise<ProjectionStatus> {
    const projection = this.get(name)
    const lease = this.leaseOf(name)
    if ((await lease.tryHold()) === 'refused') throw await this.runningError(name)
    const record = newRecord(lease.epoch, by)
    await this.records.write(name, record).catch(async (error: unknown) => {
      await lease.release().catch(() => undefined)
      throw error
    })
    const work = this.run(projection, lease, record, allowEmpty).finally(() => this.running.delete(work))
    this.running.add(work)
    return this.status(name)
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing.abort()
    await Promise.all(this.running)
  }

  private async run(
    projection: Projection<unknown>,
    lease: Lease,
    record: RebuildRecord,
    allowEmpty: boolean,
  ): Promise<void> {
    const { name } = projection
    const ended = new AbortController()
    const renewing = lease.keep({ onTaken: () => undefined, onLost: async () => undefined, signal: ended.signal })
    const scanned = (records: number) => void (record.scanned = (record.scanned ?? 0) + records)
    const run = { number: record.run, projection: name, signal: this.closing.signal, scanned }
    const note = (now: RebuildRecord) => this.records.write(name, now)
    this.logger.log(`${name} is being rebuilt from ${projection.source}, for ${record.by}`)
    try {
      await new Rebuild({ projection, run, lease, allowEmpty, record, note, erased: this.erased }).execute()
      Object.assign(record, { state: 'done' })
    } catch (error) {
      Object.assign(record, { state: 'failed', reason: wordsOf(error) })
    } finally {
      // a renewal under way would take the lease again after its release
      ended.abort()
      await renewing
      await this.end(name, lease, Object.assign(record, { endedAt: new Date() }))
    }
  }

  private async end(name: string, lease: Lease, record: RebuildRecord): Promise<void> {
    await this.records
      .write(name, record)
      .then(() => lease.release())
      .catch((error: unknown) => this.logger.warn(`${name}: how the rebuild ended is not noted: ${wordsOf(error)}`))
    const { state, reason, read, added, mended, removed } = record
    this.logger.log({ msg: `${name}: rebuild ${state}`, ...(reason && { reason }), read, added, mended, removed })
  }

  private async statusOf({ name, source, events }: Projection<unknown>): Promise<ProjectionStatus> {
    const topics = [...new Set(events.map(({ topic }) => topic.name))]
    return { name, source, topics, rebuild: await this.latest(name) }
  }

  /** A rebuild has ended only when its lease is free as well: a caller that sees the end can order the next. */
  private async latest(name: string): Promise<ProjectionStatus['rebuild']> {
    const record = await this.records.find(name)
    if (!record) return null
    const { epoch, leftMs } = await this.leaseOf(name).look()
    const isReleased = leftMs === 0 || epoch !== record.run
    if (record.state !== 'running') return isReleased ? record : { ...record, state: 'running', endedAt: null }
    if (leftMs > 0) return record
    // the rebuild may have ended between the two looks
    const again = await this.records.find(name)
    return again?.state === 'running' ? { ...again, state: 'interrupted' } : again
  }

  private async runningError(name: string): Promise<RebuildRunningError> {
    const record = await this.records.find(name)
    return new RebuildRunningError(name, record?.by ?? 'somebody', record?.startedAt ?? new Date())
  }

  private get(name: string): Projection<unknown> {
    const projection = this.declared.get(name)
    if (!projection) throw new UnknownProjectionError(name, [...this.declared.keys()])
    return projection
  }

  private get records(): RebuildRecords {
    return new RebuildRecords(this.database)
  }

  private leaseOf(name: string): Lease {
    return new Lease(this.database, `rebuild:${name}`, randomUUID(), LEASE_MS)
  }

  private get database(): Connection {
    if (!this.connection) throw new Error('a projection is kept where there is a MongoDB to keep it')
    return this.connection
  }
}

const newRecord = (run: number, by: string): RebuildRecord => ({
  run,
  by,
  state: 'running',
  phase: 'marking',
  startedAt: new Date(),
  endedAt: null,
  reason: null,
  marked: 0,
  read: 0,
  added: 0,
  mended: 0,
  removed: 0,
})
