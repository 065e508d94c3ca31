import { ErasedIds } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { Column, Row } from '../tables/columns.js'
import { hourOf, isErasedPage, type LoggedView } from '../view-log/logged-view.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'

/** Ids that are looked up at once. */
const BATCH = 5_000

const text = (name: keyof LoggedView): Column => ({ name, type: 'STRING', nullable: true })

/** Neither a browser nor a network; `visitor` ends with the day. What a sketch takes of a browser says nothing to analysts. */
export const loggedViewColumns: readonly Column[] = [
  { name: 'at', type: 'TIMESTAMP', nullable: false },
  text('page'),
  { name: 'kind', type: 'STRING', nullable: false },
  ...(['crawlerOf', 'referrer', 'country', 'browser', 'os', 'device', 'language', 'agent', 'visitor'] as const).map(
    text,
  ),
]

/** The single views of an hour in the order of the log. A page that was erased, or is being erased, has no name. */
@Injectable()
export class LoggedViews {
  constructor(
    private readonly log: ViewLogRepository,
    private readonly erased: ErasedIds,
  ) {}

  async *during(hour: Date): AsyncGenerator<Row> {
    let batch: LoggedView[] = []
    for await (const { views } of this.log.during([hour])) {
      batch.push(...views.filter(({ at }) => hourOf(at).getTime() === hour.getTime()))
      if (batch.length < BATCH) continue
      yield* await this.shown(batch)
      batch = []
    }
    yield* await this.shown(batch)
  }

  private async shown(views: readonly LoggedView[]): Promise<Row[]> {
    const gone = await this.erased.among([...new Set(views.flatMap(({ page }) => idsIn(page)))])
    const isGone = (page: string) => isErasedPage(page) || idsIn(page).some((id) => gone.has(id))
    return views.map(({ page, ...view }) => ({ ...view, page: isGone(page) ? null : page }))
  }
}

const idsIn = (page: string): string[] => page.split('/').slice(2, 3)
