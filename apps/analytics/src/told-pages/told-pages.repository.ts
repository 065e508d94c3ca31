import { ErasedIds } from '@mpics/eventing'
import { about, Connection, isDuplicateKey, ownedDocuments, PersonalData, untilErased } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { type Model, Schema } from 'mongoose'
import { ofProfilePage } from '../tallies/profile-page.js'
import { type ToldPage, untoldPage } from './told-page.js'

type Stored = Omit<ToldPage, 'page'> & { _id: string; version: number }

export interface VersionedToldPage extends ToldPage {
  /** 0 where nothing was told yet. */
  readonly version: number
}

const schema = new Schema(
  { _id: String, days: Schema.Types.Mixed, weeks: Schema.Types.Mixed, version: Number },
  { versionKey: false, autoCreate: false, minimize: false, strict: 'throw' },
)
const told = about.technical('trend-analysis')
const parts = {
  value: about.traffic('trend-analysis', 'a referrer or a country; never who looked'),
  views: told,
}
const fields = {
  _id: about.identifier('trend-analysis', 'the page, by its id'),
  days: { from: told, to: told, views: told, asOf: told },
  weeks: { from: told, to: told, referrers: parts, countries: parts },
  version: told,
}

/** What owners were told of their pages. */
@Injectable()
export class ToldPagesRepository {
  private readonly model: Model<Stored>

  constructor(
    connection: Connection,
    personalData: PersonalData,
    private readonly erased: ErasedIds,
  ) {
    this.model = connection.model('told_pages', schema, 'told_pages') as unknown as Model<Stored>
    const pages = ownedDocuments(this.model, {
      subject: 'the account whose profile has the page `_id`, /profiles/<account>; no number names who looked',
      purpose: 'trend-analysis',
      ...untilErased,
      fields,
      owners: ['_id'],
      exported: ({ days, weeks }) => ({ days, weeks }),
    })
    personalData.register(ofProfilePage(pages))
  }

  async find(page: string): Promise<VersionedToldPage> {
    const found = await this.model.findById(page).lean<Stored>()
    if (!found) return { ...untoldPage(page), version: 0 }
    const { _id, ...rest } = found
    return { page: _id, ...rest }
  }

  /** False where somebody has told of the page since `version` was read. A page may be erased meanwhile. */
  async save({ page, days, weeks }: ToldPage, version: number): Promise<boolean> {
    const told = { $set: { days, weeks, version: version + 1 } }
    const saved = await this.model.collection
      .updateOne({ _id: page, version } as never, told as never, { upsert: version === 0 })
      .catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error
        return { matchedCount: 0, upsertedCount: 0 }
      })
    await this.erased.recheck([page])
    return saved.matchedCount + saved.upsertedCount === 1
  }

  async erasePage(page: string): Promise<void> {
    await this.model.deleteOne({ _id: page })
  }
}
