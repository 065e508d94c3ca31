import { ErasedIds } from '@mpics/eventing'
import {
  about,
  Connection,
  days,
  type HeldData,
  type Keeping,
  makeIndexes,
  PersonalData,
  untilErased,
} from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { OF_PAGES } from '../counts/dimension.js'
import { RankingsRepository } from '../spans/rankings.repository.js'
import { SpansRepository } from '../spans/spans.repository.js'
import { profilePageOf } from '../tallies/profile-page.js'
import { HOUR_RETENTION_DAYS } from '../view-log/hour-state.repository.js'
import { CellCollection, type StoredCell } from './cells.repository.js'

const counted = about.technical('trend-analysis')
const fields = {
  _id: counted,
  at: counted,
  dimension: counted,
  value: about.traffic('trend-analysis', 'a page by its id, a country, a browser, …; never who looked'),
  views: counted,
  repeats: counted,
  visitors: counted,
  registers: about.traffic('trend-analysis', 'a sketch of keyed hashes, out of which no browser can be read'),
  seen: counted,
  sessions: counted,
  bounces: counted,
  seconds: counted,
  closing: counted,
}

const HOURS = days(HOUR_RETENTION_DAYS).after('the hour').or('until the account is erased').beginsAt('at')

/** Hours stay for 13 months, days for ever. */
@Injectable()
export class HoursRepository implements OnApplicationBootstrap {
  readonly hours: CellCollection
  readonly days: CellCollection

  constructor(
    connection: Connection,
    personalData: PersonalData,
    erased: ErasedIds,
    private readonly spans: SpansRepository,
    private readonly rankings: RankingsRepository,
  ) {
    this.hours = new CellCollection(connection, erased, 'hours', HOURS)
    this.days = new CellCollection(connection, erased, 'days')
    personalData.register(cellsOfPages(this.hours, 'hours', HOURS))
    personalData.register(cellsOfPages(this.days, 'days', untilErased))
  }

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([makeIndexes(this.hours.model), makeIndexes(this.days.model)])
  }

  async erasePage(page: string): Promise<void> {
    for (const { model } of [this.hours, this.days]) await model.deleteMany(ofPage(page) as never)
    await this.spans.erasePage(page)
    await this.rankings.erasePage(page)
  }
}

const ofPage = (page: string) => ({ dimension: { $in: OF_PAGES }, value: page })

/** Only the page of a profile leads to an account. */
function cellsOfPages({ model }: CellCollection, collection: string, keeping: Keeping): HeldData {
  return {
    store: { collection },
    subject: 'the account whose profile has the page `value`, /profiles/<account>; no count names who looked',
    purpose: 'trend-analysis',
    ...keeping,
    fields,
    async erase(accountId) {
      const { deletedCount } = await model.deleteMany(ofPage(profilePageOf(accountId)) as never)
      return { erased: deletedCount, waiting: 0 }
    },
    async *export(accountId) {
      const found = model.find(ofPage(profilePageOf(accountId)) as never).lean<StoredCell[]>()
      for await (const { at, dimension, views, visitors } of found.cursor() as AsyncIterable<StoredCell>)
        yield { at, counted: dimension, views, visitors }
    },
  }
}
