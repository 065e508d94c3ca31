import { Connection } from '@mpics/mongo'
import { AggregateStore, Outbox } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { Order } from '../orders/orders.js'

@Injectable()
export class OrderStore extends AggregateStore<Order> {
  constructor(connection: Connection, outbox: Outbox) {
    super(connection, {
      collection: 'orders',
      schema: { customer: String, status: String, address: String, lines: [String], changes: Number, changedAt: Date },
      outbox,
    })
  }
}
