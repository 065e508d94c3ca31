import { setTimeout as delay } from 'node:timers/promises'
import { ErasedIds, failPoint } from '@mpics/eventing'
import { type HeldData, PersonalData } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { ErasedCounts } from './erasure-part.js'

/** Until the relay has published what a document still has to tell. */
const WAIT_MS = 200

const isOfObjects = ({ store }: HeldData): boolean => 'objects' in store

interface Progress {
  note?: (erased: ErasedCounts) => Promise<void>
  signal?: AbortSignal
  isLate?: boolean
}

/**
 * Erases what the register says this service holds of an account: stored files first, since documents lead to them, and then in the
 * order of the register. Safe to repeat, and to interrupt anywhere.
 */
@Injectable()
export class EraseHeldData {
  constructor(
    private readonly personalData: PersonalData,
    private readonly erased: ErasedIds,
    private readonly clock: Clock,
  ) {
    erased.onLate(async (ids, signal) => {
      for (const id of ids) await this.erase(id, { isLate: true, signal })
    })
  }

  /** Resolves when nothing is left. */
  async execute(accountIds: readonly string[], progress: Progress = {}): Promise<void> {
    await this.erased.remember(accountIds)
    for (const id of accountIds) await this.erase(id, progress)
  }

  private async erase(accountId: string, progress: Progress = {}): Promise<void> {
    const begun = this.clock.now()
    let left = this.inOrder()
    for (;;) {
      left = await this.pass(left, accountId, begun, progress)
      // an erasure waits until objects are written anew; what comes late does not
      if (progress.isLate) left = left.filter((entry) => !isOfObjects(entry))
      if (left.length === 0) return
      await delay(WAIT_MS, undefined, { signal: progress.signal })
    }
  }

  private inOrder(): HeldData[] {
    const held = this.personalData.held()
    return [...held.filter(isOfObjects), ...held.filter((entry) => !isOfObjects(entry))]
  }

  /** Resolves to the entries that wait. */
  private async pass(
    entries: HeldData[],
    accountId: string,
    begun: Date,
    { note, signal }: Progress,
  ): Promise<HeldData[]> {
    const left: HeldData[] = []
    for (const entry of entries) {
      signal?.throwIfAborted()
      const { erased, waiting } = await entry.erase(accountId, begun)
      if (waiting > 0) left.push(entry)
      await failPoint('erasure.afterEntry')
      await note?.(isOfObjects(entry) ? { documents: 0, objects: erased } : { documents: erased, objects: 0 })
    }
    return left
  }
}
