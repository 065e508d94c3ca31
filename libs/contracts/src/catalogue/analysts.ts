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

const traffic = topicsFor(trafficPurposes)
const isOfTraffic = ({ name }: TopicDefinition): boolean => /^(traffic|analytics)\./.test(name)

/** What analysts read: traffic as far as it may be read, and what is public about anything else. */
export const analystTopics: readonly TopicDefinition[] = topics.filter(
  (topic) => topic.public && (traffic.includes(topic) || !isOfTraffic(topic)),
)

export const analysts: readonly Analysts[] = [{ name: 'analyst', topics: analystTopics }]
