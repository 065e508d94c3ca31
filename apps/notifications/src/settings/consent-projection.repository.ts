import { ProjectionStore } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import { consentCategories, type ProjectedConsents } from './settings.js'

interface ProjectedConsent {
  /** `accountId:purpose` */
  _id: string
  granted: boolean
  sequence: number
}

/** What identity last told of consents to mails: shown among the settings. Whether a mail goes out, identity itself is asked. */
@Injectable()
export class ConsentProjectionRepository {
  readonly store: ProjectionStore
  private readonly consents: Model<ProjectedConsent>

  constructor(connection: Connection) {
    const schema = new mongoose.Schema<ProjectedConsent>(
      { _id: String, granted: Boolean, sequence: Number },
      { versionKey: false, autoIndex: false },
    )
    this.consents = connection.model<ProjectedConsent>('consents', schema, 'consents')
    this.store = new ProjectionStore(this.consents)
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
}
