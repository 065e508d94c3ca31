import type { NewEvent } from '@mpics/contracts'
import type { Producer } from 'kafkajs'
import { uuidv7 } from 'uuidv7'
import { type EventRecord, toRecord, topicOf } from '../envelope/record.js'
import { SCHEMA_ID_HEADER, schemaIdBytes } from '../envelope/schema-id-header.js'
import type { KafkaAccess } from '../eventing-options.js'
import { checkedProducer } from '../kafka/checked-producer.js'
import { createKafka } from '../kafka/kafka-client.js'

export interface WriteOptions {
  id?: string
  sequence?: number
  time?: string
  source?: string
  traceparent?: string
  /** Publishes the schemas. */
  site?: string
}

/** Writes records as a service would: for tests, tools and replays. An application publishes through its outbox. */
export class EventWriter {
  private constructor(
    private readonly access: KafkaAccess,
    private readonly producer: Producer,
  ) {}

  static async connect(access: KafkaAccess): Promise<EventWriter> {
    const producer = checkedProducer(createKafka(access), {
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    })
    await producer.connect()
    return new EventWriter(access, producer)
  }

  /** Resolves to the event's id. */
  async event(event: NewEvent, options: WriteOptions = {}): Promise<string> {
    const { id = uuidv7(), time = new Date().toISOString(), sequence, source, traceparent, site } = options
    const { type, subject, data } = event
    const stamped = { id, type, subject, data, time, seq: sequence, trace: traceparent }
    const topic = topicOf(type)
    const record = toRecord(source ?? topic.split('.')[0]!, stamped, site)
    await this.records(topic, [record])
    return String(record.headers['ce_id'])
  }

  /** Writes any records, in order, to a topic named as in the catalogue. */
  async records(topic: string, records: readonly (Partial<EventRecord> & { partition?: number })[]): Promise<void> {
    const messages = records.map(({ key = null, value = null, headers = {}, ...rest }) => ({
      ...{ key, value, ...rest },
      headers: onTheWire(headers),
    }))
    await this.producer.send({ topic: (this.access.prefix ?? '') + topic, acks: -1, messages })
  }

  async close(): Promise<void> {
    await this.producer.disconnect()
  }
}

/** Records that were read have the id of their schema as text. */
function onTheWire(headers: EventRecord['headers']): EventRecord['headers'] {
  const id = headers[SCHEMA_ID_HEADER]
  return typeof id === 'string' ? { ...headers, [SCHEMA_ID_HEADER]: schemaIdBytes(id) } : headers
}
