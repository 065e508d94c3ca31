import { atMost } from '../within.js'
import type { PreviousAssignment, PartitionWork } from './partition.js'

export interface CommittedOffset {
  topic: string
  partition: number
  offset: string
}

export type MakePartition = (topic: string, partition: number, before: PreviousAssignment | undefined) => PartitionWork

const COMMIT_TIMEOUT_MS = 2_000

/** The partitions of this member, and how far their work is committed. */
export class Assignment {
  private readonly partitions = new Map<string, PartitionWork>()
  private readonly left = new Map<string, PreviousAssignment>()
  private committing?: Promise<void>

  constructor(
    private readonly make: MakePartition,
    private readonly write: (offsets: CommittedOffset[]) => Promise<void>,
  ) {}

  get parked(): number {
    return [...this.partitions.values()].reduce((sum, { parked }) => sum + parked, 0)
  }

  /** The member has taken something that is not committed yet. */
  get unfinished(): boolean {
    return [...this.partitions.values()].some((work) => work.busy || work.position !== work.committed)
  }

  has(work: PartitionWork): boolean {
    return this.partitions.get(keyOf(work)) === work
  }

  of(topic: string, partition: number): PartitionWork {
    const key = keyOf({ topic, partition })
    const known = this.partitions.get(key)
    if (known) return known
    const made = this.make(topic, partition, this.left.get(key))
    this.left.delete(key)
    this.partitions.set(key, made)
    return made
  }

  /** Runs before the partitions may go to others: nothing new begins, running handlers may end, finished work is committed. */
  async release(graceMs: number): Promise<void> {
    const leaving = [...this.partitions.values()]
    if (leaving.length === 0) return
    for (const work of leaving) {
      work.end()
      this.left.set(
        keyOf(work),
        work.quiet().then(() => work.doneAhead()),
      )
    }
    await atMost(graceMs, Promise.all(leaving.map((work) => work.quiet())))
    await atMost(COMMIT_TIMEOUT_MS, this.commit())
    // two brokers' fetches may give back at once, and the slower one finds partitions that were assigned since
    for (const work of leaving) if (this.has(work)) this.partitions.delete(keyOf(work))
  }

  async commit(): Promise<void> {
    await this.committing?.catch(() => undefined)
    this.committing = this.commitDue()
    await this.committing
  }

  private async commitDue(): Promise<void> {
    const due = [...this.partitions.values()].flatMap((work) => {
      const { position } = work
      return position === undefined || position === work.committed ? [] : [{ work, position }]
    })
    if (due.length === 0) return
    await this.write(
      due.map(({ work: { topic, partition }, position }) => ({ topic, partition, offset: String(position) })),
    )
    for (const { work, position } of due) work.committed = position
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`
