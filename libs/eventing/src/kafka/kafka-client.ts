import { Injectable } from '@nestjs/common'
import kafkajs, { type Admin, type Consumer, type Kafka, type KafkaConfig, type Producer } from 'kafkajs'
import { EventingOptions, type KafkaAccess } from '../eventing-options.js'
import { assignerWith, type GroupHooks } from './before-rejoin.js'
import { checkedProducer } from './checked-producer.js'
import { fencedProducer } from './fenced-producer.js'
import './known-members.js'
import './lean-encoder.js'
import './lean-fetch.js'
import './lean-produce.js'
import './patient-fetches.js'
import './quiet-request-queue.js'
import './stale-fetches.js'

/** Bounds also the wait of a rebalance for a fetch of a busy consumer. */
const MAX_FETCH_MS = 500
/** A little less than the fetches of an idle consumer, so that each of them is followed by one. */
const HEARTBEAT_MS = 1_400
/** A fetch that gathers ends early with so much: less than it takes of one partition, which may have all of a backlog. */
const GATHERED_BYTES = 960 * 1024

const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, multiplier: 2 }

/** Gives up after about six seconds: the caller decides what follows. */
export function createKafka(access: KafkaAccess, other: Pick<KafkaConfig, 'clientId' | 'retry'> = {}): Kafka {
  return new kafkajs.Kafka({
    clientId: access.clientId ?? 'mpics',
    brokers: access.brokers,
    ...(access.sasl && { sasl: access.sasl }),
    ...(access.tls && { ssl: access.tls }),
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { ...RETRY, retries: 8 },
    ...other,
  })
}

export interface GroupOptions extends GroupHooks {
  groupId: string
  sessionTimeoutMs: number
  gatherMs?: number
}

/** Every trap of kafkajs that we met is avoided here. */
@Injectable()
export class KafkaClient {
  readonly kafka: Kafka

  constructor(options: EventingOptions) {
    this.kafka = createKafka(options.settings, { clientId: options.settings.clientId ?? options.service })
  }

  admin(): Admin {
    return this.kafka.admin({ retry: { ...RETRY, retries: 8 } })
  }

  /** Doubles no record over a broker's restart, and reports the records that it could not send. */
  producer(): Producer {
    return checkedProducer(this.kafka, {
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, retries: 8 },
    })
  }

  fencedProducer(name: string): Producer {
    return fencedProducer(this.kafka, name)
  }

  consumer(group: GroupOptions): Consumer {
    return this.kafka.consumer({
      groupId: group.groupId,
      sessionTimeout: group.sessionTimeoutMs,
      rebalanceTimeout: group.sessionTimeoutMs,
      heartbeatInterval: HEARTBEAT_MS,
      ...(group.gatherMs
        ? { minBytes: GATHERED_BYTES, maxWaitTimeInMs: Math.min(group.gatherMs, MAX_FETCH_MS) }
        : { maxWaitTimeInMs: MAX_FETCH_MS }),
      allowAutoTopicCreation: false,
      readUncommitted: true,
      partitionAssigners: [assignerWith({ beforeRejoin: group.beforeRejoin, leaving: group.leaving })],
      // after that the consumer crashes, and its owner makes another: kafkajs would restart it with the former topics
      retry: { ...RETRY, retries: 5, restartOnFailure: () => Promise.resolve(false) },
    })
  }
}
