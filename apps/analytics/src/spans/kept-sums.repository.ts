import { days, type PersonalData } from '@mpics/mongo'
import type { Model } from 'mongoose'
import { profilePageOf } from '../tallies/profile-page.js'
import { HOUR_RETENTION_DAYS } from '../view-log/hour-state.repository.js'
import { isOfDays, type Span } from './span.js'

/** So much room is free for what is asked for next. */
const FREE_SHARE = 0.1
const SLICE = 1_000

/** What is added up ends as what it is made of does. */
export const SUM_RETENTION = days(HOUR_RETENTION_DAYS)
  .after('its first hour, or after it was counted where it is made of whole days')
  .or('until the account is erased')
  .beginsAt('since')

export const sinceOf = (time: Pick<Span, 'from' | 'to'>, now: Date): Date => (isOfDays(time) ? now : time.from)

interface KeptSums {
  collection: string
  subject: string
  fields: Parameters<PersonalData['register']>[0]['fields']
  erasePage: (page: string) => Promise<number>
}

export function registerSums(personalData: PersonalData, { collection, erasePage, ...sums }: KeptSums): void {
  personalData.register({
    ...sums,
    store: { collection },
    purpose: 'trend-analysis',
    ...SUM_RETENTION,
    erase: async (accountId) => ({ erased: await erasePage(profilePageOf(accountId)), waiting: 0 }),
    // the counts that these are sums of are in the export
    export: async function* () {},
  })
}

interface KeptSum {
  _id: string
  since: Date
}

/** Forgets those that would end next, some at a time. */
export async function makeRoom<T extends KeptSum>(model: Model<T>, max: number, stopping: AbortSignal): Promise<void> {
  const sums = model as unknown as Model<KeptSum>
  while (!stopping.aborted) {
    const surplus = (await sums.estimatedDocumentCount()) - Math.floor(max * (1 - FREE_SHARE))
    if (surplus <= 0) return
    const next = sums.find().sort({ since: 1 }).limit(Math.min(surplus, SLICE)).select({ _id: 1 })
    const ids = (await next.lean<KeptSum[]>()).map(({ _id }) => _id)
    if (ids.length === 0) return
    await sums.deleteMany({ _id: { $in: ids } })
  }
}
