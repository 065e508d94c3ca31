import type { PartitionAssigner } from 'kafkajs'
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import { subscriptionAssigner } from './subscription-assigner.js'

/** kafkajs gives a partition back while handlers run. A hook on each consumer's assigner lets them end and commit before the rejoin. */
const join = Reflect.get<ConsumerGroup, 'joinAndSync'>(ConsumerGroup.prototype, 'joinAndSync')

ConsumerGroup.prototype.joinAndSync = async function (this: ConsumerGroup) {
  for (const assigner of this.assigners) await assigner.beforeRejoin?.()
  await join.call(this)
}

export const assignerWith = (beforeRejoin: () => Promise<void>): PartitionAssigner => {
  return ({ cluster }) => Object.assign(subscriptionAssigner(cluster), { beforeRejoin })
}
