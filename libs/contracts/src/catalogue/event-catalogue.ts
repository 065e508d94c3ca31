import type { EventDefinition, TopicDefinition } from '../define/define-event.js'
import { type ServiceName, serviceNames } from '../define/services.js'
import * as namespaces from '../events.js'

const isEvent = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'topic' in value && 'keyOf' in value

/**
 * Every fact that this system publishes, by service and topic. A definition that is exported by a service’s `events.ts` is in it.
 * No calls are loaded for it.
 */
export const events: readonly EventDefinition[] = serviceNames
  .flatMap((service) => Object.values(namespaces[service]) as unknown[])
  .filter(isEvent)

export const eventByType: ReadonlyMap<string, EventDefinition> = new Map(events.map((e) => [e.type, e]))

/** Every topic, each once. */
export const topics: readonly TopicDefinition[] = [...new Map(events.map((e) => [e.topic.name, e.topic])).values()]

export const eventsOf = (topic: TopicDefinition): readonly EventDefinition[] =>
  events.filter((e) => e.topic.name === topic.name)

/** The topics to which a service publishes. */
export const topicsOf = (service: ServiceName): readonly TopicDefinition[] =>
  topics.filter(({ publishers }) => publishers.includes(service))
