import { decide, unchanged } from '@mpics/contracts'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { appendEntry, type Pen } from './append-entry.js'
import { type ContentOf, entriesOf, type EntryOf, type LedgerKind } from './ledger-entry.js'
import { LedgerRepository } from './ledger.repository.js'
import { LedgerSignatures } from './ledger-signatures.js'

/** What other features write into the ledger of a person, and read from it. Consents have transitions of their own. */
@Injectable()
export class Ledger {
  constructor(
    private readonly ledgers: LedgerRepository,
    private readonly signatures: LedgerSignatures,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** The same receipt id again adds nothing, so that whoever repeats gives the one of before. Throws for an erased ledger. */
  async append<K extends 'notice' | 'disclosure' | 'look'>(
    accountId: string,
    kind: K,
    content: ContentOf[K],
    receiptId: string = this.ids.next(),
  ): Promise<EntryOf<K>> {
    const pen = this.pen(receiptId)
    const isThere = (entry: EntryOf<K>) => entry.payload?.receiptId === receiptId
    const { entries, ...ledger } = await this.ledgers.change(accountId, (current) =>
      entriesOf(current, kind).some(isThere) ? unchanged(current) : decide(appendEntry(current, kind, content, pen)),
    )
    return entriesOf({ entries, ...ledger }, kind).find(isThere)!
  }

  /** The entries of one kind about a person, oldest first. */
  async read<K extends LedgerKind>(accountId: string, kind: K): Promise<EntryOf<K>[]> {
    return entriesOf(await this.ledgers.find(accountId), kind)
  }

  /** What a new entry needs beside what it says. */
  pen(receiptId: string = this.ids.next()): Pen {
    return { receiptId, salt: this.ids.secret(), sign: this.signatures.sign, now: this.clock.now() }
  }
}
