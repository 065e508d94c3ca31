import { AggregateStore, Outbox } from '@mpics/eventing'
import { about, Connection, days, isDuplicateKey, PersonalData, ttlKeys, ttlSeconds } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { RightsOptions } from '../rights-options.js'
import { type ExportPart, type WrittenPart, writtenPart } from './export-part.js'

const RETENTION = days(15).after('the part was written').endsAt('forgetAt')

const technical = about.technical('account')
const fields = {
  _id: about.identifier('account', 'of the export'),
  objectKey: about.identifier('account'),
  sha256: technical,
  bytes: technical,
  forgetAt: technical,
}

@Injectable()
export class ExportPartRepository {
  private readonly store: AggregateStore<ExportPart>

  constructor(
    connection: Connection,
    outbox: Outbox,
    personalData: PersonalData,
    private readonly options: RightsOptions,
    private readonly clock: Clock,
  ) {
    this.store = new AggregateStore<ExportPart>(connection, {
      collection: '_export_parts',
      outbox,
      schema: { objectKey: String, sha256: String, bytes: Number, forgetAt: Date },
      indexes: [{ name: 'forget', keys: ttlKeys(RETENTION), expireAfterSeconds: ttlSeconds(RETENTION) }],
    })
    personalData.register({
      ...RETENTION,
      fields,
      store: { collection: '_export_parts' },
      impersonal: 'ids and sizes of parts of exports; whose an export is, identity alone knows',
    })
  }

  async isWritten(exportId: string): Promise<boolean> {
    return (await this.store.find(exportId)) !== null
  }

  /** The first one counts. */
  async note(part: WrittenPart): Promise<void> {
    await this.store.insert(writtenPart(this.options.service, part, this.clock.now())).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error
    })
  }
}
