import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { OverlappingMac } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import type { Account } from '../accounts/account.js'
import { IdentityConfig } from '../config.js'

const schema = new Schema<{ _id: string }>({ _id: String }, { versionKey: false, id: false, autoIndex: false })
const modelOn = (connection: Connection) => connection.model('retired_handles', schema, 'retired_handles')

/**
 * Handles that nobody may have again, though their accounts are gone: only keyed hashes, of which nobody without the key can tell the
 * handle. A handle is noted when the address of its account is verified; of accounts of earlier releases, when they are closed or locked.
 */
@Injectable()
export class RetiredHandles {
  private readonly model: ReturnType<typeof modelOn>
  private readonly mac: OverlappingMac

  constructor(connection: Connection, personalData: PersonalData, config: IdentityConfig) {
    this.model = modelOn(connection)
    this.mac = new OverlappingMac(config.IDENTITY_HANDLE_KEY)
    personalData.register({
      store: { collection: 'retired_handles' },
      impersonal: 'keyed hashes of handles; without the key nothing tells whose',
      ...keptForEver,
      fields: { _id: about.secret('account', 'a keyed hash of a handle') },
    })
  }

  /** Of an account that was ever verified; another one’s handle becomes free. */
  async retire({ handleKey, emailVerifiedAt }: Pick<Account, 'handleKey' | 'emailVerifiedAt'>): Promise<void> {
    if (!emailVerifiedAt) return
    const _id = this.hashes(handleKey)[0]!
    await this.model.updateOne({ _id }, { $setOnInsert: { _id } }, { upsert: true })
  }

  async isRetired(handleKey: string): Promise<boolean> {
    return (await this.model.exists({ _id: { $in: this.hashes(handleKey) } })) !== null
  }

  private hashes(handleKey: string): string[] {
    return this.mac.all(handleKey).map((mac) => mac.toString('base64url'))
  }
}
