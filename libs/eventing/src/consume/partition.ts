import type { Message } from '../envelope/record-texts.js'

/** A consumer asks this of each assigned partition, however its messages are handled. */
export interface PartitionWork {
  readonly topic: string
  readonly partition: number
  readonly parked: number
  /** The partition has taken something that is not dealt with yet. */
  readonly busy: boolean
  /** The partition takes no more at present: memory stays bounded. */
  readonly full: boolean
  /** The next offset to read after a restart, when it has moved. */
  readonly position: number | undefined
  committed?: number
  accept(message: Message): void
  untilNotFull(): Promise<void>
  end(): void
  /** Resolves when no handler runs, not even one of an earlier assignment. */
  quiet(): Promise<void>
  /** Offsets that are done, but not covered by a commit. */
  doneAhead(): Set<number>
}

/** Earlier assignments of the same partition to this process leave the offsets done ahead, when all has ended. */
export type PreviousAssignment = Promise<ReadonlySet<number>>
