import type { ApiClient } from '@mpics/api-client'
import { gateway, identity, media, notifications, profiles } from '@mpics/contracts'
import type { Archive } from './archive.js'
import type { ExportedAccount } from './exported-account.js'
import { ImportPhotos, type PhotosOutcome } from './import-photos.js'
import type { Journal } from './journal.js'

const BEGUN = 'begun'

/** Fills an empty account with what a person may bring along. Each step may be repeated. */
export class ImportAccount {
  constructor(
    private readonly api: ApiClient,
    private readonly archive: Archive,
    private readonly journal: Journal,
  ) {}

  async execute(exported: ExportedAccount, told: (done: number, of: number) => void): Promise<PhotosOutcome> {
    if (!this.journal.isBegun) await this.checkEmpty()
    await this.journal.add(BEGUN)
    await this.settings(exported)
    const { photos } = exported
    return new ImportPhotos(this.api, this.archive, this.journal).execute(photos, (done) => told(done, photos.length))
  }

  private async checkEmpty(): Promise<void> {
    const { bio, location, urls, messengers } = await this.api.call(profiles.getMyProfile, {})
    const { items } = await this.api.call(media.listMyPhotos, { query: { limit: 1 } })
    if (bio || location || urls.length + messengers.length + items.length > 0)
      throw new Error('The account is not empty: an import fills a new one, and changes nothing that is there.')
  }

  private async settings({ account, profile, settings }: ExportedAccount): Promise<void> {
    const { visibility, ...fields } = profile
    await this.api.call(identity.changeMe, { body: account })
    await this.api.call(profiles.changeMyProfile, { body: fields })
    await this.api.call(profiles.setMyVisibility, { body: visibility })
    if (settings) await this.api.call(notifications.putEmailSettings, { body: settings })
  }
}

export const accountIdOf = async (api: ApiClient): Promise<string> => (await api.call(gateway.getMyAccount, {})).id
