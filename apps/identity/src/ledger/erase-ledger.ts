import { decide, type Decision, identity, unchanged } from '@mpics/contracts'
import { failPoint, tombstone } from '@mpics/eventing'
import type { Erasure } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { eraseEntries } from './erase-entries.js'
import { ErasedLedgerRepository } from './erased-ledger.repository.js'
import type { PersonLedger } from './ledger-entry.js'
import { LedgerSignatures } from './ledger-signatures.js'

/** Where the ledger of a person lies. */
interface Ledgers {
  find(accountId: string): Promise<PersonLedger>
  change(accountId: string, transition: (ledger: PersonLedger) => Decision<PersonLedger>): Promise<PersonLedger>
  /** False: an event of it is not published yet. */
  purge(accountId: string): Promise<boolean>
}

/** Takes from a ledger all that leads to its person. What is left moves to where no id of an account is. */
@Injectable()
export class EraseLedger {
  constructor(
    private readonly erased: ErasedLedgerRepository,
    private readonly signatures: LedgerSignatures,
    private readonly clock: Clock,
  ) {}

  /** Each step may be repeated: one write destroys and tells of it, the next keeps the rest, the last deletes. */
  async execute(accountId: string, ledgers: Ledgers): Promise<Erasure> {
    const ledger = await ledgers.find(accountId)
    if (ledger.entries.length === 0) return { erased: 0, waiting: 0 }
    const bare = await ledgers.change(accountId, (current) => this.erasing(current))
    await this.erased.keep(bare)
    await failPoint('ledger.afterKeep')
    return (await ledgers.purge(accountId)) ? { erased: 1, waiting: 0 } : { erased: 0, waiting: 1 }
  }

  private erasing(ledger: PersonLedger): Decision<PersonLedger> {
    const bare = eraseEntries(ledger, this.signatures.sign, this.clock.now())
    return bare === ledger ? unchanged(ledger) : decide(bare, ...tombstonesOf(ledger))
  }
}

/** Tombstones for what a compacted topic keeps of these entries. */
function tombstonesOf({ id, entries }: PersonLedger) {
  const purposes = entries.flatMap(({ kind, payload }) => (kind === 'consent' && payload ? [payload.purpose] : []))
  return [...new Set(purposes)].map((purpose) => tombstone(identity.consentChanged, `${id}:${purpose}`))
}
