import fc from 'fast-check'
import kafkajs from 'kafkajs'
import { runs } from '../../test/model/runs.js'
import { partitionOf } from './partition-of.js'

describe('the partition of a key', () => {
  const kafkajss = kafkajs.Partitioners.DefaultPartitioner()
  const keys = fc.oneof(
    fc.string({ maxLength: 60, unit: 'binary' }),
    fc.uuid(),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  )

  it('is the one that kafkajs and Kafka’s own producer choose', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 50 }), (key, count) => {
        const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 1 }))
        const message = { key, value: null }
        const asked = { topic: 'any', partitionMetadata, message } as unknown as Parameters<typeof kafkajss>[0]
        expect(partitionOf(key, count)).toBe(kafkajss(asked))
      }),
      runs(500),
    )
  })
})
