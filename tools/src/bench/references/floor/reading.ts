import type { Consumer, EachBatchPayload } from 'kafkajs'

const COMMIT_MS = 1_000

/** Notes up to where a topic was read, now and then: what is read again after a crash does no harm. */
export function reading(consumer: Pick<Consumer, 'commitOffsets'>) {
  const next = new Map<number, { topic: string; partition: number; offset: string }>()
  const commit = async () => {
    if (next.size === 0) return
    const offsets = [...next.values()]
    next.clear()
    // refused where partitions have just changed hands
    await consumer.commitOffsets(offsets).catch(() => {})
  }
  setInterval(() => void commit(), COMMIT_MS)
  return (batch: EachBatchPayload['batch']): void => {
    const { topic, partition } = batch
    next.set(partition, { topic, partition, offset: String(BigInt(batch.lastOffset()) + 1n) })
  }
}
