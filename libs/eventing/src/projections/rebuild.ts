import type { ErasedIds } from '../consume/erased-ids.js'
import { failPoint } from '../fail-point.js'
import type { Lease } from '../outbox/lease.js'
import { NothingSaidError, RebuildBrokenOffError } from './projection.errors.js'
import type { Confirmation, Projection, Run } from './projection.js'
import type { RebuildPhase, RebuildRecord } from './rebuild-records.js'

export interface RebuildParts {
  projection: Projection<unknown>
  run: Run
  lease: Pick<Lease, 'held' | 'epoch' | 'tryHold'>
  allowEmpty: boolean
  record: RebuildRecord
  note: (record: RebuildRecord) => Promise<void>
  erased: Pick<ErasedIds, 'without' | 'recheck'>
}

/**
 * Marks the documents, confirms the owner's facts, removes documents that keep their mark. Readers find every document throughout, and
 * live writes have no mark. An interrupted run leaves a projection no worse than before; the next one uses another mark.
 */
export class Rebuild {
  readonly record: RebuildRecord

  constructor(private readonly parts: RebuildParts) {
    this.record = parts.record
  }

  async execute(): Promise<void> {
    await this.mark()
    // a sequence from nowhere may have refused live events: the next snapshot holds them
    while ((await this.confirm()) > 0);
    await this.sweep()
  }

  private async mark(): Promise<void> {
    const { store } = this.parts.projection
    await this.enter('marking')
    for await (const marked of store.suspect?.(this.parts.run.number) ?? []) await this.count({ marked })
    await failPoint('rebuild.afterMark')
  }

  private async confirm(): Promise<number> {
    const { run, projection } = this.parts
    let distrusted = 0
    this.record.read = 0
    await this.enter('confirming')
    for await (const facts of projection.snapshot(run)) {
      this.assertGoingOn()
      const outcome = await this.confirmed(facts)
      distrusted += outcome.distrusted
      await this.count({ read: facts.length, added: outcome.added, mended: outcome.mended })
      await failPoint('rebuild.afterBatch')
    }
    return distrusted
  }

  /** The owner may have told of an account before it was erased there. */
  private async confirmed(facts: readonly unknown[]): Promise<Confirmation> {
    const { projection, run, erased } = this.parts
    const wanted = await erased.without(facts, undefined, run.signal)
    const outcome = await projection.store.confirm(wanted, run.number)
    await erased.recheck(wanted, run.signal)
    return outcome
  }

  private async sweep(): Promise<void> {
    const { projection, run, allowEmpty } = this.parts
    const { read, marked } = this.record
    if (read === 0 && marked > 0 && !allowEmpty) throw new NothingSaidError(projection.source, marked)
    await failPoint('rebuild.beforeSweep')
    await this.enter('sweeping')
    for await (const removed of projection.store.sweep?.(run.number) ?? []) await this.count({ removed })
  }

  private async enter(phase: RebuildPhase): Promise<void> {
    this.record.phase = phase
    await this.parts.lease.tryHold()
    await this.count({})
  }

  private async count(
    more: Partial<Record<'marked' | 'read' | 'added' | 'mended' | 'removed', number>>,
  ): Promise<void> {
    for (const [name, n] of Object.entries(more)) this.record[name as keyof typeof more] += n
    this.assertGoingOn()
    await this.parts.note(this.record)
  }

  private assertGoingOn(): void {
    if (this.parts.run.signal.aborted) throw new RebuildBrokenOffError('the service stopped')
    const { lease, run } = this.parts
    // a lease that ran out and was taken again has another epoch: another process may have been here in between
    if (!lease.held || lease.epoch !== run.number) throw new RebuildBrokenOffError('another replica took it over')
  }
}
