import kafkajs, { type PartitionAssigner } from 'kafkajs'
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import { subscriptionAssigner } from './subscription-assigner.js'

/**
 * kafkajs gives a partition back while handlers run. A hook on each consumer's assigner lets them end and commit before the rejoin. It also
 * does not notice that it is told to leave while it joins: it would stay a member, and fetch, for as long as the process lives.
 */
const join = Reflect.get<ConsumerGroup, 'joinAndSync'>(ConsumerGroup.prototype, 'joinAndSync')

ConsumerGroup.prototype.joinAndSync = async function (this: ConsumerGroup) {
  for (const assigner of this.assigners) await assigner.beforeRejoin?.()
  await join.call(this)
  if (!this.assigners.some(({ leaving }) => leaving?.aborted)) return
  await this.leave()
  throw new kafkajs.KafkaJSNonRetriableError('This consumer was told to leave while it joined')
}

export interface GroupHooks {
  beforeRejoin: () => Promise<void>
  /** Ends the fetches under way. */
  leaving: AbortSignal
}

export const assignerWith = (hooks: GroupHooks): PartitionAssigner => {
  return ({ cluster }) => Object.assign(subscriptionAssigner(cluster), hooks)
}
