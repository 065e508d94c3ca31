import { type DynamicModule, Global, Module } from '@nestjs/common'
import { Connection } from '@mpics/mongo'
import { EventServer } from './consume/event-server.js'
import { Inbox } from './consume/inbox.js'
import { EventingOptions, type EventingSettings } from './eventing-options.js'
import { EventingState } from './health.js'
import { KafkaClient } from './kafka/kafka-client.js'
import { EventingMetrics } from './metrics.js'
import { Outbox } from './outbox/outbox.js'
import { Projections } from './projections/projections.js'
import { TopicSnapshots } from './projections/topic-snapshots.js'
import { EventPublisher } from './publish/event-publisher.js'

const inbox = {
  provide: Inbox,
  useFactory: (connection?: Connection) => new Inbox(connection),
  inject: [{ token: Connection, optional: true }],
}

/**
 * All of Kafka for an application: `Outbox`, `EventPublisher`, `EventServer`, `Inbox`, `Projections`, `TopicSnapshots` and
 * `EventingState`, by their classes.
 */
@Global()
@Module({})
export class EventingModule {
  static forRoot(settings: EventingSettings): DynamicModule {
    const options = { provide: EventingOptions, useValue: new EventingOptions(settings) }
    const offered = [Outbox, EventPublisher, EventServer, EventingState, Projections, TopicSnapshots]
    return {
      module: EventingModule,
      providers: [options, inbox, KafkaClient, EventingMetrics, ...offered],
      exports: [EventingOptions, Inbox, ...offered],
    }
  }
}
