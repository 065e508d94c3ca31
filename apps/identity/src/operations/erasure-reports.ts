import { OperatorOrders } from '@mpics/service-kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { ERASING_SERVICES, type Erasure } from '../erasures/erasure.js'
import { ErasureRepository } from '../erasures/erasure.repository.js'

const cursor = z.string().max(1_000).optional()
const limit = z.int().min(1).max(200).default(50)

/** Erasures, as operators may see them: without anything that leads to a person. */
@Injectable()
export class ErasureReports implements OnModuleInit {
  constructor(
    private readonly orders: OperatorOrders,
    private readonly erasures: ErasureRepository,
  ) {}

  onModuleInit(): void {
    this.orders.register({
      name: 'list-erasures',
      body: z.strictObject({ open: z.boolean().default(false), cursor, limit }),
      perform: async ({ open, ...page }) => {
        const { items, nextCursor } = await this.erasures.page(page, open)
        return { items: items.map(shownErasure), nextCursor }
      },
    })
    this.orders.register({
      name: 'show-erasure',
      body: z.strictObject({ erasureId: z.uuid() }),
      perform: async ({ erasureId }) => shownErasure(await this.erasures.get(erasureId)),
    })
  }
}

const shownErasure = ({ id, cause, acts, begunAt, finishedAt, parts, mail, receipt }: Erasure): object => ({
  id,
  cause,
  begunAt,
  finishedAt,
  waitsFor: ERASING_SERVICES.filter((service) => !parts.some((part) => part.service === service)),
  lastMail: mail ? `waits until ${mail.until.toISOString()}, tried ${mail.attempts} times` : 'none waits',
  parts,
  acts,
  receipt,
})
