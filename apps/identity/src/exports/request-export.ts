import { DAY_MS } from '@mpics/contracts/durations'
import { ErasedIds } from '@mpics/eventing'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { requestExport } from './export.js'
import { TooManyExportsError } from './export.errors.js'
import { ExportRepository } from './export.repository.js'
import { PrepareBucket } from './prepare-bucket.js'

const MAX_A_DAY = 5

@Injectable()
export class RequestExport {
  constructor(
    private readonly exports: ExportRepository,
    private readonly bucket: PrepareBucket,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly erased: ErasedIds,
  ) {}

  /** Whoever asks twice gets the one that is made already. */
  async execute(accountId: string): Promise<{ id: string }> {
    const open = await this.exports.findOpen(accountId)
    if (open) return { id: open.id }
    await this.checkCount(accountId)
    await this.bucket.execute()
    const id = this.ids.next()
    const isNew = await this.exports.insert(requestExport(id, accountId, this.clock.now()))
    // the account may have been erased since the request came
    await this.erased.recheck([accountId])
    return isNew ? { id } : this.execute(accountId)
  }

  private async checkCount(accountId: string): Promise<void> {
    const now = this.clock.now().getTime()
    const requested = await this.exports.requestedSince(accountId, new Date(now - DAY_MS))
    if (requested.length < MAX_A_DAY) return
    const oldest = Math.min(...requested.map((time) => time.getTime()))
    throw new TooManyExportsError(oldest + DAY_MS - now)
  }
}
