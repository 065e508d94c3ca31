import * as analytics from '../analytics/events.js'
import type { EventDefinition, TopicDefinition } from '../define/define-event.js'
import * as identity from '../identity/events.js'
import * as media from '../media/events.js'
import * as notifications from '../notifications/events.js'
import * as profiles from '../profiles/events.js'
import * as gateway from '../gateway/events.js'

const isEvent = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'topic' in value && 'keyOf' in value

/** Every fact that this system publishes, by service and topic. A definition that is exported by a service’s `events.ts` is in it. */
export const events: readonly EventDefinition[] = [identity, profiles, media, notifications, gateway, analytics]
  .flatMap((module) => Object.values(module) as unknown[])
  .filter(isEvent)

export const eventByType: ReadonlyMap<string, EventDefinition> = new Map(events.map((e) => [e.type, e]))

/** Every topic, each once. */
export const topics: readonly TopicDefinition[] = [...new Map(events.map((e) => [e.topic.name, e.topic])).values()]

export const eventsOf = (topic: TopicDefinition): readonly EventDefinition[] =>
  events.filter((e) => e.topic.name === topic.name)
