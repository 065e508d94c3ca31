import { failPoint } from '@mpics/eventing'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { completeExport, type Export, joinParts } from './export.js'
import { ExportNotFoundError } from './export.errors.js'
import { ExportObjects } from './export-objects.js'
import { ExportRepository } from './export.repository.js'
import { WriteExportFile } from './write-export-file.js'

/** Joins the parts to one file. After a death it begins again, under another key. */
@Injectable()
export class JoinExport {
  constructor(
    private readonly exports: ExportRepository,
    private readonly objects: ExportObjects,
    private readonly writing: WriteExportFile,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute(id: string): Promise<void> {
    const joiner = this.ids.next()
    const mine = await this.claim(id, joiner, 0)
    if (!mine) return
    await failPoint('export.beforeJoin')
    const file = await this.writing.execute(mine, joiner, async (read) => (await this.claim(id, joiner, read)) !== null)
    await failPoint('export.afterJoin')
    const complete = (current: Export) => completeExport(current, joiner, file, this.clock.now())
    const kept = await this.exports.change(id, complete).catch(nothingIfGone)
    if (!kept) await this.objects.remove(id)
    else if (kept.file) await this.objects.removeAllBut(id, kept.file.objectKey)
  }

  /** Null where it is another replica's, or nobody's any more. */
  private async claim(id: string, joiner: string, joined: number): Promise<Export | null> {
    const claim = (current: Export) => joinParts(current, joiner, joined, this.clock.now())
    const claimed = await this.exports.change(id, claim).catch(nothingIfGone)
    return claimed?.joiner?.id === joiner ? claimed : null
  }
}

function nothingIfGone(error: unknown): null {
  if (error instanceof ExportNotFoundError) return null
  throw error
}
