import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import { droppingStale } from './stale-fetches.js'

describe('fetching', () => {
  const answers = (during: (group: { offsetManager?: object }) => void) => {
    const group = { offsetManager: {} }
    const fetch = droppingStale(async function (this: typeof group) {
      await Promise.resolve()
      during(this)
      return ['a batch']
    })
    return fetch.call(group, 1)
  }

  it('drops what was asked for under an earlier assignment, and nothing else', async () => {
    expect(await answers(() => undefined)).toEqual(['a batch'])
    expect(await answers((group) => (group.offsetManager = {}))).toEqual([])
  })

  it('of the groups that kafkajs makes drops it, too', async () => {
    const nothing = () => undefined
    const offsets = () => ({ resolveOffsets: nothing, committedOffsets: () => ({ t: ['5'] }), nextOffset: () => 5 })
    let during = nothing as () => void
    const partitions = [{ partition: 0, highWatermark: '9', messages: [{ offset: '5' }] }]
    const fetch = async () => {
      during()
      return { responses: [{ topicName: 't', partitions }] }
    }
    const cluster = {
      refreshMetadataIfNecessary: nothing,
      findTopicPartitionMetadata: () => [{ partitionId: 0, leader: 1 }],
      findBroker: () => Promise.resolve({ fetch }),
    }
    const logger = { info: nothing, namespace: () => logger }
    const group = new ConsumerGroup({ cluster, logger, topics: ['t'], assigners: [] })
    Object.assign(group, { offsetManager: offsets() })
    group.subscriptionState.assign([{ topic: 't', partitions: [0] }])
    const found = async () => (await group.fetch(1)).length
    expect(await found()).toBe(1)
    during = () => void Object.assign(group, { offsetManager: offsets() })
    expect(await found()).toBe(0)
  })
})
