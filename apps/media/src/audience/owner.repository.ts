import { ProjectionStore } from '@mpics/eventing'
import { about, Connection, ownedDocuments, PersonalData, untilErased } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'

/** Whether others may see what belongs to an account, as of which of its events. */
export interface Standing {
  hidden: boolean
  sequence: number
}

interface OwnerDocument extends Standing {
  _id: string
}

/** A projection of the accounts that are, or once were, locked or being closed. */
@Injectable()
export class OwnerRepository {
  readonly store: ProjectionStore
  private readonly owners: Model<OwnerDocument>

  constructor(connection: Connection, personalData: PersonalData) {
    const schema = new mongoose.Schema<OwnerDocument>(
      { _id: String, hidden: Boolean, sequence: Number },
      { versionKey: false },
    )
    this.owners = connection.model<OwnerDocument>('owners', schema, 'owners')
    this.store = new ProjectionStore(this.owners)
    personalData.register(
      ownedDocuments(this.owners, {
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

  /** Null for an account that was never hidden. */
  async find(accountId: string): Promise<Standing | null> {
    const found = await this.owners.findById(accountId).read('primary').readConcern('majority').lean<OwnerDocument>()
    return found && { hidden: found.hidden, sequence: found.sequence }
  }

  async knownAmong(accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.owners.find({ _id: { $in: [...accountIds] } }, { _id: 1 }).lean()
    return new Set(found.map(({ _id }) => _id))
  }
}
