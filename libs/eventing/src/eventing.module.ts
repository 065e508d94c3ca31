import { type DynamicModule, Global, Module } from '@nestjs/common'
import { Connection } from '@mpics/mongo'
import { EventServer } from './consume/event-server.js'
import { Inbox } from './consume/inbox.js'
import { EventingOptions, type EventingSettings } from './eventing-options.js'
import { EventingState } from './health.js'
import { KafkaClient } from './kafka/kafka-client.js'
import { EventingMetrics } from './metrics.js'
import { Outbox } from './outbox/outbox.js'
import { EventPublisher } from './publish/event-publisher.js'

const inbox = {
  provide: Inbox,
  useFactory: (connection?: Connection) => new Inbox(connection),
  inject: [{ token: Connection, optional: true }],
}

/** All of Kafka for an application: `Outbox`, `EventPublisher`, `EventServer`, `Inbox` and `EventingState`, by their classes. */
@Global()
@Module({})
export class EventingModule {
  static forRoot(settings: EventingSettings): DynamicModule {
    const options = { provide: EventingOptions, useValue: new EventingOptions(settings) }
    const parts = [KafkaClient, EventingMetrics, Outbox, EventPublisher, EventServer, EventingState]
    return {
      module: EventingModule,
      providers: [options, inbox, ...parts],
      exports: [EventingOptions, Inbox, Outbox, EventPublisher, EventServer, EventingState],
    }
  }
}
