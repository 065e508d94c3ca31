import type { Decision } from '@mpics/contracts'
import { AggregateStore, Outbox, type StoredState } from '@mpics/eventing'
import { about, Connection, ownedDocuments, PersonalData, untilErased } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import { defaultSettings, type Settings } from './settings.js'
import { SettingsGoneError } from './settings.errors.js'

@Injectable()
export class SettingsRepository {
  private readonly settings: AggregateStore<Settings>
  private readonly listeners: (() => void)[] = []

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    this.settings = new AggregateStore<Settings>(connection, {
      collection: 'settings',
      outbox,
      complete,
      schema: { choices: mongoose.Schema.Types.Mixed, refusals: mongoose.Schema.Types.Mixed },
    })
    personalData.register(
      ownedDocuments(this.settings.model, {
        subject: 'the account whose id is `_id`',
        purpose: 'mail',
        ...untilErased,
        fields: {
          _id: about.identifier('mail'),
          choices: { '*': about.personal('mail', 'by category of mails') },
          refusals: { '*': about.personal('consent', 'by category of mails') },
        },
        owners: ['_id'],
        exported: ({ choices, refusals }) => ({ choices, refusals }),
      }),
    )
  }

  /** Calls the listener when a choice was stored here, before anybody hears that it was. */
  onChange(listener: () => void): void {
    this.listeners.push(listener)
  }

  async find(accountId: string): Promise<Settings> {
    return (await this.settings.find(accountId)) ?? defaultSettings(accountId)
  }

  /** The first choice makes the document; two first choices at once end as one after the other. */
  async change(accountId: string, transition: (settings: Settings) => Decision<Settings>): Promise<Settings> {
    const gone = () => new SettingsGoneError()
    const settings = await this.settings.changeOrBegin(defaultSettings(accountId), transition, gone)
    for (const listener of this.listeners) listener()
    return settings
  }
}

/** A category that was added since the document was saved has its default. */
const complete = ({ id, choices, refusals = {} }: StoredState<Settings>): Settings => ({
  id,
  choices: { ...defaultSettings(id).choices, ...choices },
  refusals,
})
