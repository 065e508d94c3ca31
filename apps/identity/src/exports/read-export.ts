import type { ApiAnswer, identity } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type Export, progressOf, type StoredFile, waitingFor } from './export.js'
import { ExportNotFoundError, ExportNotReadyError } from './export.errors.js'
import { ExportRepository } from './export.repository.js'

@Injectable()
export class ReadExport {
  constructor(
    private readonly exports: ExportRepository,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string, id: string): Promise<ApiAnswer<typeof identity.getExport>> {
    return shown(await this.own(accountId, id))
  }

  async file(accountId: string, id: string): Promise<StoredFile> {
    const { file } = await this.own(accountId, id)
    if (!file) throw new ExportNotReadyError()
    return file
  }

  /** Another account's is answered as one that does not exist. */
  private async own(accountId: string, id: string): Promise<Export> {
    const found = await this.exports.get(id)
    const isOver = !found.open && found.endsAt <= this.clock.now()
    if (found.accountId !== accountId || isOver) throw new ExportNotFoundError()
    return found
  }
}

const shown = (one: Export): ApiAnswer<typeof identity.getExport> => ({
  id: one.id,
  status: one.status,
  progress: progressOf(one),
  waitingFor: waitingFor(one),
  requestedAt: one.requestedAt.toISOString(),
  ...(one.file && {
    url: `/v1/me/exports/${one.id}/file`,
    sha256: one.file.sha256,
    bytes: one.file.bytes,
    expiresAt: one.endsAt.toISOString(),
  }),
})
