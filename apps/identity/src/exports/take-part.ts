import { ExportStore, type RightsService } from '@mpics/rights'
import { Injectable } from '@nestjs/common'
import { type StoredFile, takePart } from './export.js'
import { ExportNotFoundError } from './export.errors.js'
import { ExportRepository } from './export.repository.js'
import { JoinExports } from './join-exports.js'

@Injectable()
export class TakePart {
  constructor(
    private readonly exports: ExportRepository,
    private readonly store: ExportStore,
    private readonly joining: JoinExports,
  ) {}

  /** A part of an export that is no more, as its account was erased meanwhile, is removed: nobody else knows whose it is. */
  async execute(service: RightsService, exportId: string, part: StoredFile): Promise<void> {
    try {
      const { status } = await this.exports.change(exportId, (current) => takePart(current, service, part))
      if (status === 'joining') void this.joining.wake()
    } catch (error) {
      if (!(error instanceof ExportNotFoundError)) throw error
      await this.store.remove([part.objectKey])
    }
  }
}
