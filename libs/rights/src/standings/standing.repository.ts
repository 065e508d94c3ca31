import { ProjectionStore } from '@mpics/eventing'
import { about, type Connection, ownedDocuments, type PersonalData, untilErased } from '@mpics/mongo'
import mongoose, { type Model } from 'mongoose'

/** Whether others may see what belongs to an account, as of which of its events. */
export interface Standing {
  hidden: boolean
  sequence: number
}

interface StandingDocument extends Standing {
  _id: string
}

/** A projection of the accounts that are, or once were, locked or being closed. */
export class StandingRepository {
  readonly store: ProjectionStore
  private readonly standings: Model<StandingDocument>

  constructor(connection: Connection, personalData: PersonalData, collection: string) {
    const schema = new mongoose.Schema<StandingDocument>(
      { _id: String, hidden: Boolean, sequence: Number },
      { versionKey: false },
    )
    this.standings = connection.model<StandingDocument>(collection, schema, collection)
    this.store = new ProjectionStore(this.standings)
    personalData.register(
      ownedDocuments(this.standings, {
        subject: 'the account whose id is `_id`',
        purpose: 'account',
        ...untilErased,
        fields: {
          _id: about.identifier('account'),
          hidden: about.technical('account'),
          sequence: about.technical('delivery'),
        },
        owners: ['_id'],
        exported: ({ hidden }) => ({ hidden }),
      }),
    )
  }

  async note(accountId: string, sequence: number | undefined, hidden: boolean): Promise<void> {
    await this.store.apply(accountId, sequence, { hidden })
  }

  /** Undefined for an account that was never hidden. */
  async find(accountId: string): Promise<Standing | undefined> {
    return (await this.among([accountId])).get(accountId)
  }

  /** Without those that were never hidden. */
  async among(accountIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
    const wanted = this.standings.find({ _id: { $in: [...accountIds] } }).read('primary')
    const found = await wanted.readConcern('majority').lean<StandingDocument[]>()
    return new Map(found.map(({ _id, hidden, sequence }) => [_id, { hidden, sequence }]))
  }
}
