import type { EventDefinition } from '@mpics/contracts'

/** The owner says this of one subject now; the sequence is that of the event that said it last. */
export interface Fact {
  readonly id: string
  readonly sequence: number
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Confirmation {
  added: number
  mended: number
  /** Of these, claimed to be later than the owner: live events may have been refused for their sake. */
  distrusted: number
}

export interface Run {
  /** Numbers the rebuilds of one projection; only grows. */
  readonly number: number
  readonly projection: string
  readonly signal: AbortSignal
}

export interface Rebuildable<F> {
  /** Brings it to what the owner says, guarded as the live reaction is. */
  confirm(facts: readonly F[], run: number): Promise<Confirmation>
  /** Marks everything that is there. Absent, with `sweep`, where the documents are the service's own and are never removed. */
  suspect?(run: number): AsyncIterable<number>
  sweep?(run: number): AsyncIterable<number>
}

/** Documents that a service keeps from the facts of another, and can make anew from what the owner says. */
export interface Projection<F = Fact> {
  readonly name: string
  readonly events: readonly EventDefinition[]
  /** Where its truth is read: a service, or `topic <name>`. */
  readonly source: string
  readonly store: Rebuildable<F>
  /** Everything that the owner says now, in batches; read anew by each rebuild, and no faster than it is taken. */
  snapshot(run: Run): AsyncIterable<readonly F[]>
}
