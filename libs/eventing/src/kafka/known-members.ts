import kafkajs from 'kafkajs'
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js'

interface Member {
  memberId: string | null
  assigners: readonly { leaving?: AbortSignal }[]
}

type Beat<M> = (this: M, options: { interval: number }) => Promise<void>

const UNKNOWN = {
  type: 'UNKNOWN_MEMBER_ID',
  code: 25,
  retriable: false,
  message: 'This consumer is no member of its group',
}

/**
 * kafkajs forgets the id of a member that the group does not know any more, and joins again. Where that fails it goes on fetching
 * without an id, whose heart beats it leaves out: outside of the group, for ever, and without a word. A failed beat makes it join.
 */
const asMember = <M extends Member>(beat: Beat<M>): Beat<M> =>
  async function (options) {
    if (!this.memberId && !this.assigners[0]?.leaving?.aborted)
      throw new kafkajs.KafkaJSProtocolError(Object.assign(new Error(UNKNOWN.message), UNKNOWN))
    await beat.call(this, options)
  }

ConsumerGroup.prototype.heartbeat = asMember(
  Reflect.get<ConsumerGroup, 'heartbeat'>(ConsumerGroup.prototype, 'heartbeat'),
)
