import type { Message as KafkaMessage, Producer } from 'kafkajs'
import { headerOf, type Message } from '../envelope/record-texts.js'
import type { EventingOptions } from '../eventing-options.js'
import { failPoint } from '../fail-point.js'
import type { KafkaClient } from '../kafka/kafka-client.js'
import { SharedConnection } from '../kafka/shared-connection.js'
import { reasonOf } from '../reason.js'
import { deadLetterTopic, type Origin } from '../topics/origin.js'

export interface Failure {
  reaction: string
  error: unknown
  attempts: number
}

/** Writes failed events to the group's own topic, with everything needed to understand and to repeat them. */
export class DeadLetterWriter {
  private readonly connection: SharedConnection<Producer>

  constructor(
    private readonly options: EventingOptions,
    kafka: KafkaClient,
  ) {
    // a failed idempotent producer has lost its place: the next one starts anew
    this.connection = new SharedConnection(() => kafka.producer())
  }

  async write(message: Message, origin: Origin, failure: Failure): Promise<void> {
    const letter = {
      key: message.key,
      value: message.value,
      headers: { ...message.headers, ...this.headers(message, origin, failure) },
    }
    await this.send(deadLetterTopic(origin.topic, this.options.service), letter)
    await failPoint('deadLetter.afterSend')
  }

  close(): Promise<void> {
    return this.connection.close()
  }

  private headers(message: Message, origin: Origin, failure: Failure): Record<string, string> {
    return {
      dlt_origin:
        (origin.replayed && headerOf(message, 'dlt_origin')) || `${origin.topic}/${origin.partition}/${message.offset}`,
      dlt_group: this.options.service,
      dlt_reaction: failure.reaction,
      dlt_reason: reasonOf(failure.error),
      dlt_error: failure.error instanceof Error ? failure.error.name : typeof failure.error,
      dlt_attempts: String(failure.attempts),
      dlt_time: new Date().toISOString(),
    }
  }

  private async send(topic: string, letter: KafkaMessage): Promise<void> {
    await this.connection.use((producer) =>
      producer.send({ topic: this.options.topic(topic), acks: -1, messages: [letter] }),
    )
  }
}
