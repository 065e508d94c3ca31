import fc from 'fast-check'
import type { Message, PartitionerArgs, PartitionMetadata } from 'kafkajs'
import group from 'kafkajs/src/producer/groupMessagesPerPartition.js'
import { runs } from '../../test/model/runs.js'
import { LeanGrouping } from './lean-grouping.js'

const PARTITIONS = 4
const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({ partitionId }) as PartitionMetadata)
const choose = ({ message: { key }, partitionMetadata: all }: PartitionerArgs) => Number(key) % all.length
const messages = fc.array(
  fc.record(
    { key: fc.nat(9).map(String), value: fc.nat().map(String), partition: fc.nat(PARTITIONS - 1) },
    { requiredKeys: ['key', 'value'] },
  ),
)
const copies = (some: readonly Message[]) => some.map((message) => ({ ...message }))

describe('records that group themselves', () => {
  it('come to the partitions that kafkajs puts them in, in their order, at once and again', () =>
    fc.assert(
      fc.property(messages, (some) => {
        const partitioner = (asked: PartitionerArgs) => (asked.message.partition ??= choose(asked))
        const expected = group({ topic: 't', partitionMetadata, messages: copies(some), partitioner })
        const grouping = new LeanGrouping(choose)
        const asked = { topic: 't', partitionMetadata, messages: grouping.of(copies(some)) }
        for (const _ of ['first', 'again'])
          expect(group({ ...asked, partitioner: grouping.partitioner })).toEqual(expected)
      }),
      runs(100),
    ))

  it('are added by kafkajs once a partition, however many there are', () => {
    const grouping = new LeanGrouping(choose)
    const partitioner = jest.fn(grouping.partitioner)
    const many = grouping.of(Array.from({ length: 1_000 }, (_, n) => ({ key: String(n), value: 'x' })))
    const grouped = group({ topic: 't', partitionMetadata, messages: many, partitioner })
    expect(Object.values(grouped).map(({ length }) => length)).toEqual([250, 250, 250, 250])
    expect(partitioner).toHaveBeenCalledTimes(PARTITIONS)
  })
})
