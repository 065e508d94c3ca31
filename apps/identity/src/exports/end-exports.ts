import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { giveUp } from './export.js'
import { ExportObjects } from './export-objects.js'
import { ExportRepository } from './export.repository.js'

const BATCH = 100

/** Gives up what did not come together, and removes what was kept long enough. Replicas may do it at once. */
@Injectable()
export class EndExports {
  constructor(
    private readonly exports: ExportRepository,
    private readonly objects: ExportObjects,
    private readonly clock: Clock,
  ) {}

  async execute(stopping?: AbortSignal): Promise<number> {
    let ended = 0
    for (const id of await this.exports.idsThatEnd(this.clock.now(), BATCH))
      if (!stopping?.aborted && (await this.end(id))) ended += 1
    return ended
  }

  private async end(id: string): Promise<boolean> {
    const now = this.clock.now()
    const { endsAt } = await this.exports.change(id, (current) => giveUp(current, now))
    if (endsAt > now) return false
    await this.objects.remove(id)
    return this.exports.purge(id)
  }
}
