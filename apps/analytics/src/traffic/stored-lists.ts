import { Injectable, Logger } from '@nestjs/common'
import { OTHER } from '../counts/dimension.js'
import { type CountedRanking, type Ranking, RankingsRepository } from '../spans/rankings.repository.js'
import { WrittenDaysRepository } from '../spans/written-days.repository.js'
import { isFinal } from './planned-points.js'
import { Slices } from './slices.js'
import { type AskedCounts, StoredCounts } from './stored-counts.js'

type AskedList = AskedCounts & Pick<Ranking, 'dimension' | 'most'>
type Items = CountedRanking['items']

/** Adds up the cells of the values that were viewed most: once where they are closed. */
@Injectable()
export class StoredLists {
  private readonly logger = new Logger('StoredLists')

  constructor(
    private readonly stored: StoredCounts,
    private readonly rankings: RankingsRepository,
    private readonly written: WrittenDaysRepository,
  ) {}

  /** How often days were written is read before their cells: a list of cells that are replaced meanwhile is old at once. */
  async of(asked: AskedList): Promise<Items> {
    const { period, reach, dimension, most } = asked
    if (!isFinal(period, reach)) return this.counted(asked)
    const ranking = { dimension, most, from: period.from, to: period.to }
    const [writes, kept] = await Promise.all([this.writes(ranking), this.rankings.find(ranking)])
    if (kept?.writes === writes) return kept.items
    const items = await this.counted(asked)
    if (items.length > 0) await this.keep({ ...ranking, items, writes })
    return items
  }

  private async counted({ dimension, most, ...asked }: AskedList): Promise<Items> {
    const slices = new Slices(OTHER)
    const values = (await this.stored.mostViewed(asked, dimension, most)).map(({ value }) => value)
    await this.stored.add(slices, { ...asked, dimension, values }, ({ value }) => value)
    return slices.mostViewed(most)
  }

  private async writes(period: { from: Date; to: Date }): Promise<number> {
    return (await this.written.during(period)).during(period)
  }

  /** The answer does not depend on it. */
  private async keep(ranking: CountedRanking): Promise<void> {
    try {
      await this.rankings.keep(ranking)
    } catch (err) {
      this.logger.warn({ err }, 'a list of closed hours is not kept: it is counted again')
    }
  }
}
