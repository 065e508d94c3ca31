import type { EventDefinition } from '@mpics/contracts'
import { Injectable, Logger } from '@nestjs/common'
import type { z } from 'zod'
import type { BatchedEvent } from '../consume/on.js'
import { envelopeOf } from '../envelope/read-record.js'
import { type Message, textsOf } from '../envelope/record-texts.js'
import { EventingOptions } from '../eventing-options.js'
import { createKafka } from '../kafka/kafka-client.js'
import { TopicReader } from '../kafka/topic-reader.js'
import { wordsOf } from '../words-of.js'
import { TopicTail } from './topic-tail.js'

type Shape = Record<string, z.ZodType>

/** Opens the topics of facts for a rebuild that has to see each of them, and not the last one of each key alone. */
@Injectable()
export class TopicTails {
  private readonly logger = new Logger('Projections')

  constructor(private readonly options: EventingOptions) {}

  /** The caller closes it. */
  async open<S extends Shape>(event: EventDefinition<S>): Promise<TopicTail<EventDefinition<S>>> {
    const reader = new TopicReader(createKafka(this.options.settings))
    const read = (message: Message, partition: number) => this.eventsOf(event, message, partition)
    const tail = new TopicTail<EventDefinition<S>>(reader, this.options.topic(event.topic.name), read)
    return tail.open().catch(async (error: unknown) => {
      await tail.close()
      throw error
    })
  }

  /** Skips a record that no reaction could read either. */
  private eventsOf<S extends Shape>(
    event: EventDefinition<S>,
    message: Message,
    partition: number,
  ): BatchedEvent<EventDefinition<S>>[] {
    const texts = textsOf(message, (type) => type === event.type)
    if (texts.type !== event.type) return []
    try {
      const envelope = envelopeOf(texts, event) as BatchedEvent<EventDefinition<S>>['envelope']
      return [{ envelope, partition, offset: Number(message.offset), source: `${partition}` }]
    } catch (error) {
      this.logger.warn(`${event.topic.name}/${partition}/${message.offset} is left out: ${wordsOf(error)}`)
      return []
    }
  }
}
