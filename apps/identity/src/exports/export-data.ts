import { days, type Erasure, type HeldData, keptUntil, PersonalData } from '@mpics/mongo'
import { PARTS } from '@mpics/rights'
import { Injectable } from '@nestjs/common'
import { EndExports } from './end-exports.js'
import { type Export, progressOf } from './export.js'
import { exportedFields, exportFields } from './export-fields.js'
import { ExportObjects, FILES } from './export-objects.js'
import { ExportRepository } from './export.repository.js'

const WHOSE = {
  subject: 'the account that `accountId` of the export names',
  purpose: 'account',
} as const
const A_WEEK = days(7).after('the export was ready or given up').or('until the account is erased').endsAt('endsAt')

/** States what exports hold of people. Objects are found by their export, so it is erased after them. */
@Injectable()
export class ExportData {
  constructor(
    personalData: PersonalData,
    private readonly exports: ExportRepository,
    private readonly objects: ExportObjects,
    private readonly ending: EndExports,
  ) {
    for (const prefix of [FILES, PARTS]) personalData.register(this.objectsUnder(prefix))
    personalData.register({
      ...WHOSE,
      ...A_WEEK,
      fields: exportFields,
      store: { collection: 'exports' },
      removeOverAge: (stopping) => this.ending.execute(stopping),
      erase: (accountId) => this.eraseExports(accountId),
      export: (accountId) => this.list(accountId),
    })
  }

  private objectsUnder(prefix: string): HeldData {
    const keysOf = (accountId: string) => this.keysUnder(prefix, accountId)
    const objects = this.objects
    return {
      ...WHOSE,
      ...keptUntil('the export ends, or the account is erased'),
      fields: exportedFields,
      store: { objects: prefix },
      async *export(accountId) {
        for await (const object of keysOf(accountId)) yield { object }
      },
      async erase(accountId) {
        const keys: string[] = []
        for await (const key of keysOf(accountId)) keys.push(key)
        await objects.removeKeys(keys)
        return { erased: keys.length, waiting: 0 }
      },
    }
  }

  private async *keysUnder(prefix: string, accountId: string): AsyncGenerator<string> {
    for await (const { id } of this.exports.of(accountId))
      for await (const key of this.objects.keys(id)) if (key.startsWith(prefix)) yield key
  }

  /** The objects go here, too, so that none is left whatever is erased first. */
  private async eraseExports(accountId: string): Promise<Erasure> {
    const outcome = { erased: 0, waiting: 0 }
    for await (const { id } of this.exports.of(accountId)) {
      await this.objects.remove(id)
      outcome[(await this.exports.purge(id)) ? 'erased' : 'waiting']++
    }
    return outcome
  }

  private async *list(accountId: string): AsyncGenerator<ReturnType<typeof exported>> {
    for await (const one of this.exports.of(accountId)) yield exported(one)
  }
}

const exported = (one: Export) => ({
  id: one.id,
  status: one.status,
  progress: progressOf(one),
  requestedAt: one.requestedAt,
  sha256: one.file?.sha256 ?? null,
  bytes: one.file?.bytes ?? null,
  erasedAfter: one.endsAt,
})
