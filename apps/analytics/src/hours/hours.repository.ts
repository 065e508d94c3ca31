import { Connection, type HeldData, PersonalData } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { profilePageOf } from '../tallies/profile-page.js'
import { HOURS_KEPT_DAYS } from '../view-log/hour-state.repository.js'
import { CellCollection, type StoredCell } from './cells.repository.js'

const OF_PAGES = ['page', 'entry', 'exit']

/** Hours stay for 13 months, days for ever. */
@Injectable()
export class HoursRepository implements OnApplicationBootstrap {
  readonly hours: CellCollection
  readonly days: CellCollection

  constructor(connection: Connection, personalData: PersonalData) {
    this.hours = new CellCollection(connection, 'hours', HOURS_KEPT_DAYS)
    this.days = new CellCollection(connection, 'days')
    personalData.register(cellsOfPages(this.hours, 'hours', '13 months'))
    personalData.register(cellsOfPages(this.days, 'days', 'until the account is erased'))
  }

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.hours.model.createIndexes(), this.days.model.createIndexes()])
  }
}

/** Only the page of a profile leads to an account. */
function cellsOfPages({ model }: CellCollection, collection: string, retention: string): HeldData {
  const ofPage = (accountId: string) => ({ dimension: { $in: OF_PAGES }, value: profilePageOf(accountId) })
  return {
    store: { collection },
    subject: 'the account whose profile has the page `value`, /profiles/<account>; no count names who looked',
    purpose: 'trend-analysis',
    retention,
    async erase(accountId) {
      const { deletedCount } = await model.deleteMany(ofPage(accountId) as never)
      return { erased: deletedCount, waiting: 0 }
    },
    async *export(accountId) {
      const found = model.find(ofPage(accountId) as never).lean<StoredCell[]>()
      for await (const { at, dimension, views, visitors } of found.cursor() as AsyncIterable<StoredCell>)
        yield { at, counted: dimension, views, visitors }
    },
  }
}
