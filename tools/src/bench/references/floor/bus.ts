import kafkajs from 'kafkajs'
import '../no-negative-timers.js'

/** Kafka, where a record is told once by whoever tells it, and to all replicas with `acks: -1`. */
export function bus(brokers: string) {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
  return {
    producer: () => kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false }),
    consumer: (groupId: string, maxWaitTimeInMs: number) => kafka.consumer({ groupId, maxWaitTimeInMs }),
  }
}
