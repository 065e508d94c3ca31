import { ProjectionStore } from '@mpics/eventing'
import { about, Connection, type Erasure, PersonalData, untilErased } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import { consentCategories, type ProjectedConsents } from './settings.js'

interface ProjectedConsent {
  /** `accountId:purpose` */
  _id: string
  granted: boolean
  sequence: number
}

const fields = {
  _id: about.identifier('consent', 'the account and the purpose'),
  granted: about.personal('consent'),
  sequence: about.technical('delivery'),
}

/** Projects consents to mails from identity, to show them among the settings. Sending asks identity itself. */
@Injectable()
export class ConsentProjectionRepository {
  readonly store: ProjectionStore
  private readonly consents: Model<ProjectedConsent>

  constructor(connection: Connection, personalData: PersonalData) {
    const schema = new mongoose.Schema<ProjectedConsent>(
      { _id: String, granted: Boolean, sequence: Number },
      { versionKey: false, autoIndex: false },
    )
    this.consents = connection.model<ProjectedConsent>('consents', schema, 'consents')
    this.store = new ProjectionStore(this.consents)
    personalData.register({
      store: { collection: 'consents' },
      subject: 'the account with whose id `_id` begins',
      purpose: 'consent',
      ...untilErased,
      fields,
      erase: (accountId) => this.erase(accountId),
      export: (accountId) => this.export(accountId),
    })
  }

  async project(subject: string, sequence: number | undefined, granted: boolean): Promise<void> {
    await this.store.apply(subject, sequence, { granted })
  }

  async find(accountId: string): Promise<ProjectedConsents> {
    const ids = consentCategories.map((category) => `${accountId}:email-${category}`)
    const found = await this.consents.find({ _id: { $in: ids }, granted: true }, { _id: 1 }).lean<{ _id: string }[]>()
    const granted = new Set(found.map(({ _id }) => _id))
    return Object.fromEntries(
      consentCategories.map((category) => [category, granted.has(`${accountId}:email-${category}`)]),
    ) as ProjectedConsents
  }

  private async erase(accountId: string): Promise<Erasure> {
    const { deletedCount } = await this.consents.deleteMany(ofAccount(accountId))
    return { erased: deletedCount, waiting: 0 }
  }

  private async *export(accountId: string) {
    for await (const { _id, granted } of this.consents.find(ofAccount(accountId)).lean<ProjectedConsent>().cursor())
      yield { purpose: _id.slice(accountId.length + 1), granted }
  }
}

/** All ids that begin with `accountId:`; `;` follows `:`. */
const ofAccount = (accountId: string) => ({ _id: { $gte: `${accountId}:`, $lt: `${accountId};` } })
