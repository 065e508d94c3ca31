import type { EventDefinition } from '@mpics/contracts'

/** The owner's present word on one subject; the sequence is that of its latest event. */
export interface Fact {
  readonly id: string
  readonly sequence: number
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Confirmation {
  added: number
  mended: number
  /** Documents that claimed to be later than the owner: they may have refused live events. */
  distrusted: number
}

export interface Run {
  /** Numbers the rebuilds of one projection; only grows. */
  readonly number: number
  readonly projection: string
  readonly signal: AbortSignal
  /** Says how many records were read on the way to the facts; a snapshot that yields nothing for long yields empty batches. */
  readonly scanned?: (records: number) => void
}

export interface Rebuildable<F> {
  /** Writes the owner's facts, guarded as the live reaction is. */
  confirm(facts: readonly F[], run: number): Promise<Confirmation>
  /** Marks all documents. Absent, with `sweep`, where the documents are the service's own and are never removed. */
  suspect?(run: number): AsyncIterable<number>
  sweep?(run: number): AsyncIterable<number>
}

/** Documents that a service keeps from another's facts, and can rebuild from its owner. */
export interface Projection<F = Fact> {
  readonly name: string
  readonly events: readonly EventDefinition[]
  /** The source of its truth: a service, or `topic <name>`. */
  readonly source: string
  readonly store: Rebuildable<F>
  /** Yields everything that the owner says now, no faster than the rebuild takes it. */
  snapshot(run: Run): AsyncIterable<readonly F[]>
}
