import { type About, aboutField, type Holding, type TopicDefinition } from '@mpics/contracts'
import { consumers, eventsOf, topics } from '@mpics/contracts/catalogue'
import { deadLetterTopic, replayTopic } from './origin.js'
import { DEAD_LETTER_DAYS } from './topic-plan.js'

const PERSONAL = ['identifier', 'personal', 'traffic', 'secret']

const fieldsOf = (topic: TopicDefinition): Record<string, About> =>
  Object.fromEntries(
    eventsOf(topic).flatMap(({ schema }) =>
      Object.entries(schema.shape).map(([name, type]) => [name, aboutField(type)!] as const),
    ),
  )

/** Published from a browser's request: nothing in it leads to an account (B31). */
const isTraffic = (fields: Record<string, About>) =>
  Object.values(fields).some(({ classification }) => classification === 'traffic')

function subjectOf(topic: TopicDefinition, fields: Record<string, About>): string {
  if ('browserId' in fields) return 'a browser, whose id leads to no account'
  if (isTraffic(fields)) return 'who owns the page, where it is a profile’s'
  const leading = Object.keys(fields).filter((name) => PERSONAL.includes(fields[name]!.classification))
  if (leading.length > 0) return `the accounts behind ${leading.join(', ')}`
  const { retention } = topic
  return retention.kind === 'compacted' && !retention.ofNobody ? 'the account that the key names, if any' : 'nobody'
}

function erasureOf({ retention, publishers }: TopicDefinition): string {
  if (retention.kind === 'days') return 'ends by itself with its retention'
  if (retention.kind === 'compacted' && !retention.ofNobody)
    return `a tombstone under each key that names the account, which the erasure in ${publishers.join(', ')} publishes`
  return 'none: it names nobody'
}

function exportOf({ publishers }: TopicDefinition, subject: string, fields: Record<string, About>): string {
  if (isTraffic(fields)) return 'none: nothing leads from an account to it'
  return subject === 'nobody' ? 'none: it names nobody' : `what it tells is exported by ${publishers.join(', ')}`
}

const retentionOf = ({ retention }: TopicDefinition): string => {
  if (retention.kind === 'days') return retention.days === 1 ? 'a day' : `${retention.days} days`
  return retention.kind === 'compacted' ? 'until a later word, or a tombstone, under the same key' : 'for ever'
}

function holdingOf(topic: TopicDefinition): Holding {
  const fields = fieldsOf(topic)
  const subject = subjectOf(topic, fields)
  return {
    place: `topic ${topic.name}`,
    subject,
    retention: retentionOf(topic),
    erasure: erasureOf(topic),
    export: exportOf(topic, subject, fields),
    fields,
  }
}

/** Events that a group gave up, and those that are given to it again, are copies of what the topic held. */
function copiesOf(topic: TopicDefinition): Holding[] {
  const groups = consumers.filter(({ event, delivery }) => event.topic.name === topic.name && delivery === 'shared')
  const names = new Set(
    groups.flatMap(({ service }) => [deadLetterTopic(topic.name, service), replayTopic(topic.name, service)]),
  )
  const of = holdingOf(topic)
  return [...names].map((name) => ({
    ...of,
    place: `topic ${name}`,
    retention: `${DEAD_LETTER_DAYS} days`,
    erasure: 'ends by itself with its retention',
  }))
}

/** Every topic that may exist, as the catalogue has it. */
export const topicHoldings: readonly Holding[] = topics.flatMap((topic) => [holdingOf(topic), ...copiesOf(topic)])
