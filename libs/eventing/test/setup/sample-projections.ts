import type { Envelope } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import {
  EventConsumer,
  type Fact,
  On,
  pages,
  type Projection,
  Projections,
  ProjectionStore,
  type Run,
  TopicSnapshots,
} from '../../src/index.js'
import { stockCounted, ticketPrinted } from './sample-catalogue.js'

interface Shelf {
  _id: string
  n: number
  sequence: number
}

const shelfModel = (connection: Connection, name: string) =>
  connection.model<Shelf>(
    name,
    new mongoose.Schema<Shelf>({ _id: String, n: Number, sequence: Number }, { versionKey: false }),
    name,
  )

/** Kept from a compacted topic, and made anew from it. */
@Injectable()
export class StockProjection implements Projection {
  readonly name = 'pantry'
  readonly source = 'topic kitchen.stock'
  readonly events = [stockCounted as never]
  readonly model: Model<Shelf>
  readonly store: ProjectionStore

  constructor(
    connection: Connection,
    projections: Projections,
    private readonly topics: TopicSnapshots,
  ) {
    this.model = shelfModel(connection, 'pantry')
    this.store = new ProjectionStore(this.model)
    projections.register(this)
  }

  async *snapshot(run: Run): AsyncGenerator<Fact[]> {
    for await (const said of this.topics.lastWords(stockCounted, run))
      yield said.map(({ subject, sequence, data }) => ({ id: subject, sequence: sequence!, fields: { n: data.n } }))
  }
}

@EventConsumer()
export class CountStock {
  constructor(private readonly stock: StockProjection) {}

  @On(stockCounted, { idempotence: 'natural' })
  async handle({ subject, sequence, data }: Envelope<typeof stockCounted>): Promise<void> {
    await this.stock.store.apply(subject, sequence, { n: data.n })
  }
}

export interface Owned {
  id: string
  n: number
  version: number
}

/** Kept from another service's events, and made anew from what that service lists: here the test is that service. */
@Injectable()
export class TicketProjection implements Projection {
  /** The owner's facts, by id. */
  static owner = new Map<string, Owned>()
  /** Called before each page is given out, with its number. */
  static onPage: (page: number) => Promise<void> | void = () => undefined
  static pageSize = 100

  readonly name = 'board'
  readonly source = 'identity'
  readonly events = [ticketPrinted as never]
  readonly model: Model<Shelf>
  readonly store: ProjectionStore

  constructor(connection: Connection, projections: Projections) {
    this.model = shelfModel(connection, 'board')
    this.store = new ProjectionStore(this.model)
    projections.register(this)
  }

  async *snapshot({ signal }: Run): AsyncGenerator<Fact[]> {
    for await (const items of pages((cursor) => this.list(cursor), signal))
      yield items.map(({ id, n, version }) => ({ id, sequence: version, fields: { n } }))
  }

  private async list(cursor = ''): Promise<{ items: Owned[]; nextCursor: string | null }> {
    const after = [...TicketProjection.owner.values()]
      .filter(({ id }) => id > cursor)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const items = after.slice(0, TicketProjection.pageSize).map((owned) => ({ ...owned }))
    await TicketProjection.onPage((TicketProjection.owner.size - after.length) / TicketProjection.pageSize)
    return { items, nextCursor: after.length > TicketProjection.pageSize ? items.at(-1)!.id : null }
  }
}

@EventConsumer()
export class HangTicket {
  constructor(private readonly tickets: TicketProjection) {}

  @On(ticketPrinted, { idempotence: 'natural' })
  async handle({ subject, sequence, data }: Envelope<typeof ticketPrinted>): Promise<void> {
    await this.tickets.store.apply(subject, sequence, { n: data.n })
  }
}
