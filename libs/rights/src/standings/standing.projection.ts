import { identity } from '@mpics/contracts'
import {
  type Confirmation,
  type Fact,
  pages,
  type Projection,
  type Projections,
  type Rebuildable,
  type Run,
} from '@mpics/eventing'
import type { Peers } from '@mpics/service-kit'
import type { StandingRepository } from './standing.repository.js'

/** What a service marks where it belongs to a hidden account. */
export interface Marks {
  /** The accounts that a mark says are hidden. */
  markedAmong(accountIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Marks by the account's standing, whatever a mark says by now. */
  markAnew(accountId: string): Promise<void>
}

/** What of whose others may see. */
export class StandingProjection implements Projection, Rebuildable<Fact> {
  readonly name = 'standings'
  readonly events = identity.standingFacts
  readonly source = 'identity'
  readonly store = this

  constructor(
    projections: Projections,
    private readonly standings: StandingRepository,
    private readonly marks: Marks,
    private readonly peers: Peers,
  ) {
    projections.register(this)
  }

  async *snapshot({ signal }: Run): AsyncGenerator<Fact[]> {
    for await (const accounts of pages(
      (cursor) => this.peers.call(identity.standingSnapshot, { query: { cursor } }),
      signal,
    ))
      yield accounts.map(({ accountId, hidden, sequence }) => ({ id: accountId, sequence, fields: { hidden } }))
  }

  suspect(run: number): AsyncIterable<number> {
    return this.standings.store.suspect(run)
  }

  sweep(run: number): AsyncIterable<number> {
    return this.standings.store.sweep(run)
  }

  /** Keeps no record of accounts that never were hidden. A mark tells of one whose record is missing. */
  async confirm(facts: readonly Fact[], run: number): Promise<Confirmation> {
    const ids = facts.map(({ id }) => id)
    const [known, marked] = await Promise.all([this.standings.among(ids), this.marks.markedAmong(ids)])
    const kept = facts.filter(({ id, fields }) => fields['hidden'] || known.has(id) || marked.has(id))
    const outcome = await this.standings.store.confirm(kept, run)
    for (const { id } of kept) await this.marks.markAnew(id)
    return outcome
  }
}
