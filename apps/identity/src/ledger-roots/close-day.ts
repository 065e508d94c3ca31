import { failPoint } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { FindHeads } from './find-heads.js'
import { LeafRepository } from './leaf.repository.js'
import { dayAfter, publishRoot } from './ledger-root.js'
import { LedgerRootRepository } from './ledger-root.repository.js'

/** Publishes the root of the next day. Whoever repeats it after a crash makes the same root. */
@Injectable()
export class CloseDay {
  constructor(
    private readonly roots: LedgerRootRepository,
    private readonly leaves: LeafRepository,
    private readonly finding: FindHeads,
    private readonly ledgers: LedgerRepository,
  ) {}

  /** Resolves to the day that it closed; undefined: none is left up to `until`. */
  async execute(until: string): Promise<string | undefined> {
    const last = await this.roots.last()
    const day = last ? dayAfter(last.id) : await this.ledgers.firstDay()
    if (day === undefined || day > until) return undefined
    const { heads, added } = await this.finding.execute(day)
    const tree = await this.leaves.keep(day, heads)
    await failPoint('ledger-root.beforeSave')
    await this.roots.insert(publishRoot({ day, tree, added }, last))
    return day
  }
}
