import { setTimeout as delay } from 'node:timers/promises'
import { OperatorOrders } from '@mpics/service-kit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import { EraseHeldData } from './erase-held-data.js'

/** Less than an operator's command waits for an answer. */
const ANSWER_MS = 5_000

interface Run {
  documents: number
  objects: number
  work: Promise<void>
}

/** Erases accounts again that a restored backup has brought back; it sends no mail and answers nobody else. */
@Injectable()
export class ErasureOrders implements OnModuleInit {
  private readonly running = new Map<string, Run>()

  constructor(
    private readonly orders: OperatorOrders,
    private readonly eraseHeldData: EraseHeldData,
  ) {}

  onModuleInit(): void {
    this.orders.register({
      name: 'erase-again',
      body: z.strictObject({ accountId: z.uuid() }),
      perform: ({ accountId }) => this.perform(accountId),
    })
  }

  /** Whoever orders it again gets the progress of the same run. */
  private async perform(accountId: string): Promise<object> {
    const run = this.running.get(accountId) ?? this.begin(accountId)
    const finished = await Promise.race([run.work.then(() => true), delay(ANSWER_MS, false)])
    return { finished, documents: run.documents, objects: run.objects }
  }

  private begin(accountId: string): Run {
    const run: Run = { documents: 0, objects: 0, work: Promise.resolve() }
    this.running.set(accountId, run)
    const note = async (erased: { documents: number; objects: number }) => {
      run.documents += erased.documents
      run.objects += erased.objects
    }
    run.work = this.eraseHeldData.execute([accountId], { note }).finally(() => this.running.delete(accountId))
    run.work.catch(() => undefined)
    return run
  }
}
