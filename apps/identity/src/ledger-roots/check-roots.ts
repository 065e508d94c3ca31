import { Injectable } from '@nestjs/common'
import { FindHeads } from './find-heads.js'
import type { LedgerRoot } from './ledger-root.js'
import { LedgerRootRepository } from './ledger-root.repository.js'
import { treeOfHeads } from './leaf.repository.js'
import { rootOf } from './merkle.js'

const BATCH = 7

export interface CheckedRoots {
  checked: number
  /** Days whose ledgers do not lie under the root that was published. */
  broken: string[]
  /** Where the next check begins; null: all are checked. */
  next: string | null
}

/** Makes the roots of days anew, and compares them with what was published. */
@Injectable()
export class CheckRoots {
  constructor(
    private readonly roots: LedgerRootRepository,
    private readonly finding: FindHeads,
  ) {}

  async execute(after: string | null): Promise<CheckedRoots> {
    const days = await this.roots.after(after, BATCH)
    let previous = after === null ? undefined : await this.roots.find(after)
    const broken: string[] = []
    for (const day of days) {
      if (!(await this.isSound(day, previous))) broken.push(day.id)
      previous = day
    }
    return { checked: days.length, broken, next: days.length < BATCH ? null : days.at(-1)!.id }
  }

  private async isSound(day: LedgerRoot, previous: LedgerRoot | undefined): Promise<boolean> {
    const { heads, added } = await this.finding.execute(day.id)
    const [before, entries] = [previous?.root ?? null, (previous?.entries ?? 0) + added]
    return day.root === rootOf(day.id, before, treeOfHeads(heads), entries) && day.entries === entries
  }
}
