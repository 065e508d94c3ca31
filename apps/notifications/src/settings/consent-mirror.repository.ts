import { ProjectionStore } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import type { MirroredConsents } from './settings.js'

interface MirroredConsent {
  /** `accountId:purpose` */
  _id: string
  granted: boolean
  sequence: number
}

/** What identity last told of consents to mails: shown among the settings. Whether a mail goes out, identity itself is asked. */
@Injectable()
export class ConsentMirrorRepository {
  readonly store: ProjectionStore
  private readonly consents: Model<MirroredConsent>

  constructor(connection: Connection) {
    const schema = new mongoose.Schema<MirroredConsent>(
      { _id: String, granted: Boolean, sequence: Number },
      { versionKey: false, autoIndex: false },
    )
    this.consents = connection.model<MirroredConsent>('consents', schema, 'consents')
    this.store = new ProjectionStore(this.consents)
  }

  async mirror(subject: string, sequence: number | undefined, granted: boolean): Promise<void> {
    await this.store.apply(subject, sequence, { granted })
  }

  async find(accountId: string): Promise<MirroredConsents> {
    const ids = ['news', 'products', 'offers'].map((category) => `${accountId}:email-${category}`)
    const found = await this.consents.find({ _id: { $in: ids }, granted: true }, { _id: 1 }).lean<{ _id: string }[]>()
    const granted = (category: string) => found.some(({ _id }) => _id === `${accountId}:email-${category}`)
    return { news: granted('news'), products: granted('products'), offers: granted('offers') }
  }
}
