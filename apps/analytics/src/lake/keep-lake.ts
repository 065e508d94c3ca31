import { randomUUID } from 'node:crypto'
import { HOUR_MS } from '@mpics/contracts/durations'
import { Lease } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'
import { CompareLake } from './compare-lake.js'
import { WriteDueFiles } from './write-due-files.js'

const WRITE_MS = 15_000
const COMPARE_MS = HOUR_MS
/** Longer than an object takes; whoever dies with it is followed after this time. */
const LEASE_MS = 60_000

/** One replica at a time writes the lake. Two at once would write the same. */
@Injectable()
export class KeepLake implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly lease: Lease

  constructor(
    connection: Connection,
    private readonly rounds: Rounds,
    private readonly files: HourFilesRepository,
    private readonly writing: WriteDueFiles,
    private readonly comparing: CompareLake,
  ) {
    this.lease = new Lease(connection, 'lake', randomUUID(), LEASE_MS)
  }

  onApplicationBootstrap(): void {
    const write = (stopping: AbortSignal) => this.write(stopping)
    this.rounds.begin({ everyMs: WRITE_MS, failed: 'closed hours wait to be stored', work: write })
    const compare = () => this.compare()
    this.rounds.begin({ everyMs: COMPARE_MS, atOnce: true, failed: 'the lake was not compared', work: compare })
  }

  async onApplicationShutdown(): Promise<void> {
    await this.lease.release().catch(() => undefined)
  }

  /** Resolves to how many objects were written. */
  async write(stopping?: AbortSignal): Promise<number> {
    if ((await this.files.oldestDue()) === undefined) return 0
    return this.writing.execute(async () => !stopping?.aborted && (await this.mayWrite()))
  }

  async compare(): Promise<void> {
    if (await this.mayWrite()) await this.comparing.execute()
  }

  private async mayWrite(): Promise<boolean> {
    return (await this.lease.tryHold()) !== 'refused'
  }
}
