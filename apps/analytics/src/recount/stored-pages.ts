import { Injectable } from '@nestjs/common'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { PageViewsRepository } from '../page-views/page-views.repository.js'

const BATCH = 50

/** The pages of which anything is stored, each once. */
@Injectable()
export class StoredPages {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
  ) {}

  count(): Promise<number> {
    return this.pages.pages()
  }

  async *names(): AsyncGenerator<string[]> {
    for (let after = ''; ;) {
      const found = await Promise.all([this.pages.names(after, BATCH), this.days.names(after, BATCH)])
      const ends = found.flatMap((names) => (names.length === BATCH ? [names.at(-1)!] : []))
      const all = [...new Set(found.flat())].sort(byBytes)
      if (all.length === 0) return
      const [end = all.at(-1)!] = ends.sort(byBytes)
      yield all.filter((name) => byBytes(name, end) <= 0)
      after = end
    }
  }
}

/** As MongoDB sorts. */
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))
