import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'

interface Fetching {
  /** kafkajs makes it anew with each assignment. */
  offsetManager?: unknown
}

type Fetch<G, B> = (this: G, nodeId: number) => Promise<B[]>

/** A slow broker's fetch may arrive after another made kafkajs rejoin. Its batch begins beyond the commit: it would skip events. */
export const droppingStale = <G extends Fetching, B>(fetch: Fetch<G, B>): Fetch<G, B> =>
  async function (nodeId) {
    const { offsetManager } = this
    const batches = await fetch.call(this, nodeId)
    return this.offsetManager === offsetManager ? batches : []
  }

ConsumerGroup.prototype.fetch = droppingStale(Reflect.get<ConsumerGroup, 'fetch'>(ConsumerGroup.prototype, 'fetch'))
