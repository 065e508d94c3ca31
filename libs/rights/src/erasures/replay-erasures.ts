import { setTimeout as delay } from 'node:timers/promises'
import { identity } from '@mpics/contracts'
import { EventingOptions, inBatches, topicRecords } from '@mpics/eventing'
import { OperatorOrders } from '@mpics/service-kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { EraseHeldData } from './erase-held-data.js'
import type { ErasedCounts } from './erasure-part.js'

/** Less than an operator's command waits for an answer. */
const ANSWER_MS = 5_000
const BATCH_SIZE = 500

interface Replay {
  accounts: number
  documents: number
  objects: number
  work: Promise<void>
}

/**
 * Erases again whomever the bus still names as erased. A restore by `mpics` has each service hear of them anyway; this is for a
 * database that came back by other means.
 */
@Injectable()
export class ReplayErasures implements OnModuleInit {
  private replay?: Replay
  private running = false

  constructor(
    private readonly orders: OperatorOrders,
    private readonly eventing: EventingOptions,
    private readonly eraseHeldData: EraseHeldData,
  ) {}

  onModuleInit(): void {
    const body = z.strictObject({ begin: z.boolean() })
    this.orders.register({ name: 'replay-erasures', body, perform: ({ begin }) => this.perform(begin) })
  }

  /** `begin` starts one unless one runs; without it, the last one is looked at. */
  private async perform(begin: boolean): Promise<object> {
    if ((begin && !this.running) || !this.replay) this.replay = this.start()
    const { replay } = this
    const finished = await Promise.race([replay.work.then(() => true), delay(ANSWER_MS, false)])
    const { accounts, documents, objects } = replay
    return { finished, accounts, documents, objects }
  }

  private start(): Replay {
    const replay: Replay = { accounts: 0, documents: 0, objects: 0, work: Promise.resolve() }
    this.running = true
    replay.work = this.execute(replay).finally(() => (this.running = false))
    replay.work.catch(() => undefined)
    return replay
  }

  private async execute(replay: Replay): Promise<void> {
    const note = async ({ documents, objects }: ErasedCounts) => {
      replay.documents += documents
      replay.objects += objects
    }
    for await (const accountIds of inBatches(this.erasedAccounts(), BATCH_SIZE)) {
      await this.eraseHeldData.execute(accountIds, { note })
      replay.accounts += accountIds.length
    }
  }

  private async *erasedAccounts(): AsyncGenerator<string> {
    for await (const { value, headers } of topicRecords(this.eventing.settings, identity.accountErased.topic.name))
      if (headers['ce_type'] === identity.accountErased.type && value !== null)
        yield (JSON.parse(value) as { accountId: string }).accountId
  }
}
