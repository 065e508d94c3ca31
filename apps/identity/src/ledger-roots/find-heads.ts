import { Injectable } from '@nestjs/common'
import { ErasedLedgerRepository } from '../ledger/erased-ledger.repository.js'
import { LedgerRepository } from '../ledger/ledger.repository.js'

export interface HeadsOfDay {
  /** Sorted. */
  heads: string[]
  /** Entries of the day. */
  added: number
}

@Injectable()
export class FindHeads {
  constructor(
    private readonly ledgers: LedgerRepository,
    private readonly erased: ErasedLedgerRepository,
  ) {}

  /** A ledger that is just being erased lies in both places, or moves from the first to the second: it counts once. */
  async execute(day: string): Promise<HeadsOfDay> {
    const added = new Map<string, number>()
    for (const source of [this.ledgers, this.erased])
      for await (const { entries } of source.ofDay(day)) {
        const ofDay = entries.filter((entry) => entry.day === day)
        const head = ofDay.at(-1)
        if (head) added.set(head.hash, ofDay.length)
      }
    return { heads: [...added.keys()].sort(), added: [...added.values()].reduce((sum, n) => sum + n, 0) }
  }
}
