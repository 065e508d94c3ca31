import type { Decision } from '@mpics/contracts'
import { AggregateStore, Outbox } from '@mpics/eventing'
import { ConcurrentChangeError, Connection, DuplicateKeyError } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import type { PageViews } from './page-views.js'

const schema = {
  total: Number,
  unique: Number,
  registers: Buffer,
  offsets: mongoose.Schema.Types.Mixed,
  asOf: Date,
}

type Stored = Omit<PageViews, 'registers'> & { registers: Uint8Array | { buffer: Uint8Array } }

/** As read, bytes are the driver's Binary. */
const bytesOf = (registers: Stored['registers']): Uint8Array =>
  registers instanceof Uint8Array ? registers : registers.buffer

/** Counters of pages (with their facts), and of days. Counter, sketch, offset and fact are one write of one document. */
@Injectable()
export class TallyRepository {
  private readonly pages: AggregateStore<PageViews>
  private readonly days: AggregateStore<PageViews>

  constructor(connection: Connection, outbox: Outbox) {
    this.pages = new AggregateStore<PageViews>(connection, { collection: 'pages', schema, outbox })
    this.days = new AggregateStore<PageViews>(connection, { collection: 'page_days', schema, outbox })
  }

  countPage(id: string, count: (page: PageViews | null) => Decision<PageViews>): Promise<void> {
    return this.countIn(this.pages, id, count)
  }

  countDay(id: string, count: (day: PageViews | null) => Decision<PageViews>): Promise<void> {
    return this.countIn(this.days, id, count)
  }

  async totals(pages: readonly string[]): Promise<Map<string, { total: number; unique: number }>> {
    const found = await this.pages.model
      .find({ _id: { $in: [...pages] } } as never, { total: 1, unique: 1 })
      .lean<{ _id: string; total: number; unique: number }[]>()
    return new Map(found.map(({ _id, total, unique }) => [_id, { total, unique }]))
  }

  async day(id: string): Promise<{ total: number; unique: number }> {
    const found = await this.days.find(id)
    return { total: found?.total ?? 0, unique: found?.unique ?? 0 }
  }

  pagesViewed(): Promise<number> {
    return this.pages.model.estimatedDocumentCount()
  }

  /** Pages of a day: their ids begin with it. */
  pagesViewedOn(day: string): Promise<number> {
    return this.days.model.countDocuments({ _id: { $gte: `${day} /`, $lt: `${day} 0` } } as never)
  }

  private async countIn(
    store: AggregateStore<PageViews>,
    id: string,
    count: (page: PageViews | null) => Decision<PageViews>,
  ): Promise<void> {
    for (;;) {
      const found = await store.find(id)
      const current = found && { ...found, registers: bytesOf(found.registers) }
      const decision = count(current)
      if (!decision.changed) return
      const stored = { ...decision, state: { ...decision.state, registers: Buffer.from(decision.state.registers) } }
      try {
        return current ? await store.save(current, stored) : await store.insert(stored)
      } catch (error) {
        if (!(error instanceof ConcurrentChangeError || error instanceof DuplicateKeyError)) throw error
      }
    }
  }
}
