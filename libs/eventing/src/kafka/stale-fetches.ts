import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'

interface Fetching {
  /** kafkajs makes it anew with each assignment. */
  offsetManager?: unknown
}

type Fetch<G> = (this: G, nodeId: number) => Promise<unknown[]>

/** A slow broker's fetch may arrive after another made kafkajs rejoin. Its batch begins beyond the commit: it would skip events. */
export const droppingStale = <G extends Fetching>(fetch: Fetch<G>): Fetch<G> =>
  async function (nodeId) {
    const { offsetManager } = this
    const batches = await fetch.call(this, nodeId)
    return this.offsetManager === offsetManager ? batches : []
  }

ConsumerGroup.prototype.fetch = droppingStale(Reflect.get<ConsumerGroup, 'fetch'>(ConsumerGroup.prototype, 'fetch'))
