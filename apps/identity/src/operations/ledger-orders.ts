import { setImmediate as turn } from 'node:timers/promises'
import { OperatorOrders } from '@mpics/service-kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { firstBrokenEntry } from '../ledger/check-ledger.js'
import { ErasedLedgerRepository } from '../ledger/erased-ledger.repository.js'
import { isErased } from '../ledger/ledger-entry.js'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { LedgerSignatures } from '../ledger/ledger-signatures.js'
import { CheckRoots } from '../ledger-roots/check-roots.js'

const BATCH = 200
const after = z.string().max(64).nullable().default(null)

/** What `mpics ledger verify` asks for, batch by batch. */
@Injectable()
export class LedgerOrders implements OnModuleInit {
  constructor(
    private readonly orders: OperatorOrders,
    private readonly ledgers: LedgerRepository,
    private readonly erased: ErasedLedgerRepository,
    private readonly signatures: LedgerSignatures,
    private readonly roots: CheckRoots,
  ) {}

  onModuleInit(): void {
    this.orders.register({
      name: 'verify-ledgers',
      body: z.strictObject({ of: z.enum(['people', 'erased']), after }),
      perform: (order) => this.verify(order.of, order.after),
    })
    this.orders.register({
      name: 'verify-roots',
      body: z.strictObject({ after: z.iso.date().nullable().default(null) }),
      perform: (order) => this.roots.execute(order.after),
    })
  }

  private async verify(of: 'people' | 'erased', from: string | null) {
    const found = await (of === 'people' ? this.ledgers : this.erased).after(from, BATCH)
    const broken: string[] = []
    for (const ledger of found) {
      const entry = firstBrokenEntry(ledger, this.signatures.isSigned)
      // what lies among the erased has lost what it said, and nothing else may have
      if (entry !== undefined) broken.push(`${ledger.id} at entry ${entry}`)
      else if (of === 'erased' && !isErased(ledger)) broken.push(`${ledger.id} has no end`)
      await turn()
    }
    return { checked: found.length, broken, next: found.length < BATCH ? null : found.at(-1)!.id }
  }
}
