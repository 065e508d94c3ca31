import { identity } from '@mpics/contracts'
import {
  type Confirmation,
  type Fact,
  pages,
  type Projection,
  Projections,
  type Rebuildable,
  type Run,
} from '@mpics/eventing'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { OwnerRepository } from '../audience/owner.repository.js'
import { HidePhotos } from './hide-photos.js'

/** Whose photos others may see. */
@Injectable()
export class StandingProjection implements Projection, Rebuildable<Fact> {
  readonly name = 'standings'
  readonly events = [
    identity.accountLocked,
    identity.accountUnlocked,
    identity.closureRequested,
    identity.closureCancelled,
  ]
  readonly source = 'identity'
  readonly store = this

  constructor(
    projections: Projections,
    private readonly owners: OwnerRepository,
    private readonly hide: HidePhotos,
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
    return this.owners.store.suspect(run)
  }

  sweep(run: number): AsyncIterable<number> {
    return this.owners.store.sweep(run)
  }

  /** Keeps no record of accounts that never were hidden. A mark tells of one whose record is missing. */
  async confirm(facts: readonly Fact[], run: number): Promise<Confirmation> {
    const ids = facts.map(({ id }) => id)
    const [known, marked] = await Promise.all([this.owners.knownAmong(ids), this.hide.markedAmong(ids)])
    const kept = facts.filter(({ id, fields }) => fields['hidden'] || known.has(id) || marked.has(id))
    const outcome = await this.owners.store.confirm(kept, run)
    for (const { id } of kept) await this.hide.markAnew(id)
    return outcome
  }
}
