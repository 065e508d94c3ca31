import { DAY_MS } from '@mpics/contracts/durations'
import { failPoint, LAST_TRACE_DAYS } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { ErasureNotFoundError } from './erasure.errors.js'
import { type ErasedPart, notePart } from './erasure.js'
import { ErasureReceipts } from './erasure-receipts.js'
import { ErasureRepository } from './erasure.repository.js'

/** The answer of one service. The last one closes the erasure, with its receipt. */
@Injectable()
export class NotePart {
  constructor(
    private readonly erasures: ErasureRepository,
    private readonly receipts: ErasureReceipts,
    private readonly clock: Clock,
  ) {}

  /** An erasure of a backup that was restored is known to nobody here. */
  async execute(erasureId: string, part: Omit<ErasedPart, 'finishedAt'>): Promise<void> {
    const { sign } = this.receipts
    const closing = { sign, lastTraceMs: LAST_TRACE_DAYS * DAY_MS }
    const noted = { ...part, finishedAt: this.clock.now() }
    await failPoint('erasure.beforeNote')
    await this.erasures
      .change(erasureId, (erasure) => notePart(erasure, noted, closing))
      .catch((error: unknown) => {
        if (!(error instanceof ErasureNotFoundError)) throw error
      })
  }
}
