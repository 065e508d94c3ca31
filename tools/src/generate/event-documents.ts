import { aboutField, type EventDefinition, type TopicDefinition, vocabularyOf } from '@mpics/contracts'
import {
  analysts,
  asyncApiDocument,
  consumers,
  type Consumption,
  events,
  eventSchemaDocument,
  eventsOf,
  retentionText,
  topics,
} from '@mpics/contracts/catalogue'
import type { GeneratedFile } from './generated-file.js'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

const readersOf = (event: EventDefinition) => [
  ...consumers
    .filter((c) => c.event.type === event.type)
    .map((c) => `${c.service}${c.delivery === 'every-replica' ? ' (every replica)' : ''}`),
  ...analysts.filter(({ topics }) => topics.includes(event.topic)).map(() => 'analysts'),
]

const fieldRow = ([name, schema]: [string, EventDefinition['schema']['shape'][string]]) => {
  const about = aboutField(schema)
  const words = Object.keys(vocabularyOf(schema)?.known ?? {}).map((word) => `\`${word}\``)
  const meaning = [about?.description, words.length > 0 && `${words.join(', ')}; more may come`].filter(Boolean)
  return `| \`${name}\` | ${about?.classification} | ${about?.purpose} | ${meaning.join('; ')} |`
}

const eventSection = (event: EventDefinition) =>
  [
    `### \`${event.type}\``,
    '',
    event.summary,
    '',
    `Read by: ${readersOf(event).join(', ') || 'nobody yet'}. [JSON Schema](schemas/${event.type}.json)`,
    '',
    '| field | classification | purpose | meaning |',
    '| --- | --- | --- | --- |',
    ...Object.entries(event.schema.shape).map(fieldRow),
    '',
    '```json',
    JSON.stringify(event.example),
    '```',
  ].join('\n')

const partitionsOf = ({ partitions }: TopicDefinition) => `${partitions} partition${partitions === 1 ? '' : 's'}`

const topicSection = (topic: TopicDefinition) =>
  [
    `## ${topic.name}`,
    '',
    `${partitionsOf(topic)} · retention ${retentionText(topic.retention)} · written by ${topic.publishers.join(', ')} · ${topic.traced ? 'carries `traceparent`' : 'carries no trace id (B31)'}`,
    '',
    ...eventsOf(topic).map((e) => `${eventSection(e)}\n`),
  ].join('\n')

const catalogue = () =>
  [
    '# Events',
    '',
    'Generated from `libs/contracts` by `npm run generate`. The wire format is CloudEvents 1.0 in Kafka’s binary mode:',
    'attributes are headers (`ce_id`, `ce_type`, …), the value is the data as JSON. How a fact travels: [architecture](../architecture.md);',
    'how to read them with tools of your own: [for analysts](../analysts.md).',
    '',
    ...topics.map(topicSection),
  ].join('\n')

const node = (name: string) => name.replace(/[^a-z]/g, '_')

const unknownWordsOf = ({ unknownWords = {} }: Consumption) =>
  Object.entries(unknownWords)
    .map(([field, does]) => `\`${field}\`: ${does}`)
    .join('; ')

function flow(): string {
  const topicNodes = topics.map((t) => `  ${node(t.name)}[/"${t.name}"/]`)
  const writes = topics.flatMap((t) => t.publishers.map((p) => `  ${p} --> ${node(t.name)}`))
  const reads = [
    ...new Set(consumers.map((c) => `  ${node(c.event.topic.name)} --> ${c.service}`)),
    ...analysts.flatMap(({ name, topics }) => topics.map((topic) => `  ${node(topic.name)} --> ${name}`)),
  ]
  const reactions = consumers.map(
    (c) =>
      `| \`${c.event.type}\` | ${c.service} | ${c.reaction} | ${c.idempotence} | ${c.delivery} | ${unknownWordsOf(c)} |`,
  )
  return [
    '# Who tells whom',
    '',
    'Generated from `libs/contracts/src/catalogue` by `npm run generate`.',
    '',
    '```mermaid',
    'flowchart LR',
    ...topicNodes,
    ...writes,
    ...reads,
    '```',
    '',
    '| event | service | reaction | idempotence | delivery | unknown words |',
    '| --- | --- | --- | --- | --- | --- |',
    ...reactions,
    '',
  ].join('\n')
}

/** All that is published about the events: catalogue, AsyncAPI, a JSON Schema each, and who tells whom. */
export const eventDocuments = (version: string): GeneratedFile[] => [
  { path: 'docs/events/README.md', content: catalogue() },
  { path: 'docs/events/flow.md', content: flow() },
  { path: 'docs/events/asyncapi.json', content: json(asyncApiDocument(version)) },
  ...events.map((e) => ({ path: `docs/events/schemas/${e.type}.json`, content: json(eventSchemaDocument(e)) })),
]
