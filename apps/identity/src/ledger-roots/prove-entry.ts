import type { ApiAnswer, identity } from '@mpics/contracts'
import { UnavailableError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { LeafRepository } from './leaf.repository.js'
import { ReceiptNotFoundError, RootNotYetError } from './ledger-root.errors.js'
import { LedgerRootRepository } from './ledger-root.repository.js'
import { climb, leafOf, rootOf } from './merkle.js'

/** Shows that an entry lies under the root of its day. */
@Injectable()
export class ProveEntry {
  constructor(
    private readonly ledgers: LedgerRepository,
    private readonly roots: LedgerRootRepository,
    private readonly leaves: LeafRepository,
  ) {}

  async execute(accountId: string, receiptId: string): Promise<ApiAnswer<typeof identity.getLedgerProof>> {
    const { entries } = await this.ledgers.find(accountId)
    const day = entries.find(({ payload }) => payload?.receiptId === receiptId)?.day
    const last = entries.findLast((entry) => entry.day === day)
    if (day === undefined || !last) throw new ReceiptNotFoundError()
    const found = await this.roots.find(day)
    if (!found) throw new RootNotYetError(day)
    const path = await this.leaves.pathOf(day, last.hash)
    const { root, previousRoot, entries: below } = found
    // operators hear of it from `mpics ledger verify`; a proof that proves nothing is none
    if (!path || rootOf(day, previousRoot, climb(leafOf(last.hash), path), below) !== root) throw new UnavailableError()
    return { day, sequence: last.sequence, head: last.hash, path, previousRoot, root, entries: below }
  }
}
