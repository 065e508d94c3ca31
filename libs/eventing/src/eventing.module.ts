import { type DynamicModule, Global, Module } from '@nestjs/common'
import { Connection } from '@mpics/mongo'
import { EventServer } from './consume/event-server.js'
import { ErasedIds } from './consume/erased-ids.js'
import { PassedOver } from './consume/passed-over.js'
import { ProcessedEvents } from './consume/processed-events.js'
import { EventingData } from './eventing-data.js'
import { EventingOptions, type EventingSettings } from './eventing-options.js'
import { EventingState } from './health.js'
import { KafkaClient } from './kafka/kafka-client.js'
import { EventingMetrics } from './metrics.js'
import { Outbox } from './outbox/outbox.js'
import { Projections } from './projections/projections.js'
import { TopicSnapshots } from './projections/topic-snapshots.js'
import { TopicTails } from './projections/topic-tails.js'
import { EventPublisher } from './publish/event-publisher.js'

const processedEvents = {
  provide: ProcessedEvents,
  useFactory: (connection?: Connection) => new ProcessedEvents(connection),
  inject: [{ token: Connection, optional: true }],
}

/** Everything of Kafka for an application; it provides each part by its class. */
@Global()
@Module({})
export class EventingModule {
  static forRoot(settings: EventingSettings): DynamicModule {
    const options = { provide: EventingOptions, useValue: new EventingOptions(settings) }
    const rebuilding = [Projections, TopicSnapshots, TopicTails]
    const offered = [ErasedIds, Outbox, EventPublisher, EventServer, EventingState, ...rebuilding]
    return {
      module: EventingModule,
      providers: [options, processedEvents, KafkaClient, EventingMetrics, EventingData, PassedOver, ...offered],
      exports: [EventingOptions, EventingMetrics, ProcessedEvents, ...offered],
    }
  }
}
