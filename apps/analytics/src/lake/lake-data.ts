import { about, days, type Erasure, keptForEver, PersonalData } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { hourOfKey } from '../hour-files/hour-file.js'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'
import { profilePageOf } from '../tallies/profile-page.js'
import { LOG_DAYS, ViewLogRepository } from '../view-log/view-log.repository.js'
import { firstKept } from './hour-table-rows.js'
import { LakeStore } from './lake-store.js'

const VIEWS = 'views/'
const ofView = about.traffic('trend-analysis')
const told = about.open('trend-analysis')
const toldFields = { hour: told, dimension: told, value: told, views: told, visitors: told }
const viewFields = {
  ...{ at: ofView, page: ofView, kind: ofView, crawlerOf: ofView, country: ofView, browser: ofView, os: ofView },
  ...{ device: ofView, language: ofView, agent: ofView },
  referrer: about.traffic('trend-analysis', 'a host alone'),
  visitor: about.traffic('trend-analysis', 'a name of the browser that ends with the day'),
}
const RETENTION = days(LOG_DAYS).after('the hour').or('until the account is erased')

/** What is not ours is as old as can be. */
const beganAt = (key: string): Date => hourOfKey(key) ?? new Date(0)

/** States what the lake holds. Single views may be there from before they were switched off. */
@Injectable()
export class LakeData {
  constructor(
    personalData: PersonalData,
    private readonly store: LakeStore,
    private readonly files: HourFilesRepository,
    private readonly log: ViewLogRepository,
    private readonly clock: Clock,
  ) {
    const impersonal = 'numbers of five and more by country, browser and the like, which are published'
    personalData.register({ store: { objects: 'traffic-hourly/' }, impersonal, fields: toldFields, ...keptForEver })
    personalData.register({
      store: { objects: VIEWS },
      subject: 'the account whose profile has the page `page`, /profiles/<account>; no view names who looked',
      purpose: 'trend-analysis',
      ...RETENTION.ofObjects(() => this.hours()),
      fields: viewFields,
      removeOverAge: (stopping) => this.removeOverAge(stopping),
      erase: (accountId, begun) => this.erase(accountId, begun ?? this.clock.now()),
      // the counts of the page, which are made of these views, are in the export
      export: async function* () {},
    })
  }

  /** Of the objects that are there, whoever wrote them; their keys list them by age. */
  private async *hours(): AsyncGenerator<Date> {
    for await (const key of this.store.keysUnder(VIEWS)) yield beganAt(key)
  }

  private async removeOverAge(stopping: AbortSignal): Promise<number> {
    const limit = firstKept(this.clock.now())
    const isOld = (key: string) => !stopping.aborted && beganAt(key) < limit
    const old: string[] = []
    for await (const key of this.store.keysUnder(VIEWS)) {
      if (!isOld(key)) break
      old.push(key)
    }
    await this.store.remove(old)
    for await (const upload of this.store.unfinishedUnder(VIEWS)) if (isOld(upload.key)) await this.store.giveUp(upload)
    await this.files.forgetBefore('views', limit)
    return old.length
  }

  /** The objects of its hours are written anew without it. Its views may be out of the log: all that were noted by then are waited for. */
  private async erase(accountId: string, begun: Date): Promise<Erasure> {
    await this.log.noteErasure(profilePageOf(accountId), begun)
    return { erased: 0, waiting: await this.files.countErasing(begun) }
  }
}
