import type { PartitionAssigner } from 'kafkajs'
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'
import { subscriptionAssigner } from './subscription-assigner.js'

/**
 * kafkajs gives a partition back without asking whether its messages are still being handled. Each consumer's own assigner
 * carries a hook, awaited before the group is joined again: what runs can end and be committed first.
 */
const join = Reflect.get<ConsumerGroup, 'joinAndSync'>(ConsumerGroup.prototype, 'joinAndSync')

ConsumerGroup.prototype.joinAndSync = async function (this: ConsumerGroup) {
  for (const assigner of this.assigners) await assigner.beforeRejoin?.()
  await join.call(this)
}

export const assignerWith = (beforeRejoin: () => Promise<void>): PartitionAssigner => {
  return ({ cluster }) => Object.assign(subscriptionAssigner(cluster), { beforeRejoin })
}
