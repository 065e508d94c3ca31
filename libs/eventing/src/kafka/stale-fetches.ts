import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'

interface Fetching {
  /** Made anew with each assignment. */
  offsetManager?: unknown
}

type Fetch<G> = (this: G, nodeId: number) => Promise<unknown[]>

/**
 * Of several brokers, one may answer after another's answer has made kafkajs join the group anew. Such a batch begins where the
 * earlier assignment had read to, not where it was committed: taken now, what lies between would be passed over.
 */
export const droppingStale = <G extends Fetching>(fetch: Fetch<G>): Fetch<G> =>
  async function (nodeId) {
    const { offsetManager } = this
    const batches = await fetch.call(this, nodeId)
    return this.offsetManager === offsetManager ? batches : []
  }

ConsumerGroup.prototype.fetch = droppingStale(Reflect.get<ConsumerGroup, 'fetch'>(ConsumerGroup.prototype, 'fetch'))
