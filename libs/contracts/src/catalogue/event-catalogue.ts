import * as analytics from '../analytics/events.js'
import type { EventDefinition, TopicDefinition } from '../define/define-event.js'
import type { ServiceName } from '../define/services.js'
import * as gateway from '../gateway/events.js'
import * as identity from '../identity/events.js'
import * as media from '../media/events.js'
import * as notifications from '../notifications/events.js'
import * as profiles from '../profiles/events.js'

/** Events alone: whoever needs to know them all needs no calls. */
const modules = { identity, profiles, media, notifications, gateway, analytics } satisfies Record<ServiceName, object>

const isEvent = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'topic' in value && 'keyOf' in value

/** Every fact that this system publishes, by service and topic. A definition that is exported by a service’s `events.ts` is in it. */
export const events: readonly EventDefinition[] = Object.values(modules)
  .flatMap((module) => Object.values(module) as unknown[])
  .filter(isEvent)

export const eventByType: ReadonlyMap<string, EventDefinition> = new Map(events.map((e) => [e.type, e]))

/** Every topic, each once. */
export const topics: readonly TopicDefinition[] = [...new Map(events.map((e) => [e.topic.name, e.topic])).values()]

export const eventsOf = (topic: TopicDefinition): readonly EventDefinition[] =>
  events.filter((e) => e.topic.name === topic.name)

/** The topics to which a service publishes. */
export const topicsOf = (service: ServiceName): readonly TopicDefinition[] =>
  topics.filter(({ publishers }) => publishers.includes(service))
