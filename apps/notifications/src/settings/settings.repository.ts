import { applyIfNewer, AggregateStore, Outbox } from '@mpics/eventing'
import { Connection, DuplicateKeyError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import { decide, type Decision } from '@mpics/contracts'
import { defaultSettings, type Settings } from './settings.js'

interface ConsentMirror {
  _id: string
  granted: boolean
  sequence: number
}

@Injectable()
export class SettingsRepository {
  private readonly settings: AggregateStore<Settings>
  private readonly consents: Model<ConsentMirror>

  constructor(connection: Connection, outbox: Outbox) {
    this.settings = new AggregateStore<Settings>(connection, {
      collection: 'settings',
      outbox,
      schema: { choices: mongoose.Schema.Types.Mixed },
    })
    const mirror = new mongoose.Schema<ConsentMirror>(
      { _id: String, granted: Boolean, sequence: Number },
      { versionKey: false },
    )
    this.consents = connection.model<ConsentMirror>('consents', mirror, 'consents')
  }

  async find(accountId: string): Promise<Settings> {
    return (await this.settings.find(accountId)) ?? defaultSettings(accountId)
  }

  /** The first choice makes the document; two first choices at once end as one after the other. */
  async change(accountId: string, transition: (settings: Settings) => Decision<Settings>): Promise<Settings> {
    for (;;) {
      const current = await this.settings.find(accountId)
      if (current) return this.settings.change(accountId, transition, () => new Error() as never)
      const first = transition(defaultSettings(accountId))
      try {
        await this.settings.insert(decide(first.state, ...first.events))
        return first.state
      } catch (error) {
        if (!(error instanceof DuplicateKeyError)) throw error
      }
    }
  }

  async mirrorConsent(key: string, sequence: number | undefined, granted: boolean): Promise<void> {
    await applyIfNewer(this.consents as unknown as Pick<Model<never>, 'updateOne'>, key, sequence, { granted })
  }

  async grantedConsents(accountId: string, purposes: readonly string[]): Promise<Set<string>> {
    const keys = purposes.map((p) => `${accountId}:${p}`)
    const found = await this.consents.find({ _id: { $in: keys }, granted: true }, { _id: 1 }).lean<{ _id: string }[]>()
    return new Set(found.map(({ _id }) => _id.slice(accountId.length + 1)))
  }
}
