import { eventsOf, topics } from './event-catalogue.js'
import type { TopicDefinition } from '../define/define-event.js'
import { aboutField, type Purpose } from '../define/field.js'

/** The purposes that the policy allows for traffic data: diagnosing problems, analysing trends, administering the site (B14). */
export const trafficPurposes: readonly Purpose[] = ['diagnosis', 'trend-analysis', 'administration']

/** People who read topics with tools of their own. */
export interface Analysts {
  /** Their principal on the bus. */
  readonly name: string
  readonly topics: readonly TopicDefinition[]
}

/** The topics that may be read for these purposes: traffic and its counts, if each field is held for one of them. */
export const topicsFor = (purposes: readonly Purpose[]): TopicDefinition[] =>
  topics.filter(
    (topic) =>
      topic.public &&
      eventsOf(topic)
        .flatMap(({ schema }) => Object.values(schema.shape))
        .every((field) => purposes.includes(aboutField(field)!.purpose)),
  )

export const analysts: readonly Analysts[] = [{ name: 'analyst', topics: topicsFor(trafficPurposes) }]
