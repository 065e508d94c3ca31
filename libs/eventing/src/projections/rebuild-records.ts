import type { Connection } from '@mpics/mongo'

export type RebuildState = 'running' | 'done' | 'failed'
export type RebuildPhase = 'marking' | 'confirming' | 'sweeping'

export interface RebuildCounts {
  /** Documents that were there at the beginning. */
  marked: number
  /** Facts of the owner so far. */
  read: number
  added: number
  mended: number
  removed: number
  /** Records that were read on the way to the facts. */
  scanned?: number
}

/** All replicas share it. */
export interface RebuildRecord extends RebuildCounts {
  run: number
  by: string
  state: RebuildState
  phase: RebuildPhase
  startedAt: Date
  endedAt: Date | null
  reason: string | null
}

type Stored = RebuildRecord & { _id: string }

/** A run never writes over the record of a later one. */
export class RebuildRecords {
  constructor(private readonly connection: Connection) {}

  async find(projection: string): Promise<RebuildRecord | null> {
    return this.records.findOne({ _id: projection }, { projection: { _id: 0 } })
  }

  async write(projection: string, record: RebuildRecord): Promise<void> {
    await this.records.updateOne({ _id: projection }, [
      { $replaceWith: { $cond: [{ $gt: ['$run', record.run] }, '$$ROOT', { $literal: { _id: projection, ...record } }] } },
    ], { upsert: true }) // oxfmt-ignore
  }

  private get records() {
    return this.connection.db!.collection<Stored>('_rebuilds')
  }
}
