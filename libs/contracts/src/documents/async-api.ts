import { DAY_MS } from '../define/durations.js'
import { events, eventsOf, topics } from '../catalogue/event-catalogue.js'
import { consumers } from '../catalogue/consumers.js'
import type { EventDefinition, Retention, TopicDefinition } from '../define/define-event.js'
import { DEFAULT_SITE } from '../define/services.js'
import { eventSchemaDocument, type JsonSchema } from './json-schema.js'

export const retentionText = (r: Retention): string =>
  r.kind === 'days' ? `${r.days} d` : r.kind === 'compacted' ? 'compacted' : 'for ever'

const retentionConfig = (r: Retention): JsonSchema =>
  r.kind === 'compacted'
    ? { 'cleanup.policy': ['compact'] }
    : { 'cleanup.policy': ['delete'], 'retention.ms': r.kind === 'days' ? r.days * DAY_MS : -1 }

const header = (description: string, rest: JsonSchema = {}): JsonSchema => ({ type: 'string', description, ...rest })

const ALWAYS = ['specversion', 'id', 'type', 'source', 'subject', 'time', 'dataschema']

function headersOf({ type, topic }: EventDefinition): JsonSchema {
  return {
    type: 'object',
    title: `Headers of ${type}`,
    required: [...ALWAYS.map((name) => `ce_${name}`), 'content-type'],
    properties: {
      ce_specversion: { const: '1.0' },
      ce_id: header('UUID of the event: equal ids are the same fact delivered twice', { format: 'uuid' }),
      ce_type: header('type of the event, which ends in its version', { const: type }),
      ce_source: header('the service that stated it'),
      ce_subject: header('id of the aggregate, and the key of the record'),
      ce_time: header('when it was stated', { format: 'date-time' }),
      ce_dataschema: header('where the JSON Schema of the data is published, as an absolute URI', { format: 'uri' }),
      ce_sequence: header('version of the aggregate: only grows within one subject'),
      ...(topic.public && {
        __value_schema_id: header('0x01 and the 16 bytes of the id of its schema, which /schemas/guids/{guid} answers'),
      }),
      ...(topic.traced && { traceparent: header('W3C trace context') }),
      'content-type': { const: 'application/json' },
    },
  }
}

const channelName = (topic: TopicDefinition) => topic.name

/** The draft that every tool of AsyncAPI must know; what the schemas say means the same in 2020-12. */
const SCHEMA_FORMAT = 'application/schema+json;version=draft-07'

function payloadOf(event: EventDefinition, site: string): JsonSchema {
  const { $schema: _draft, ...schema } = eventSchemaDocument(event, site)
  return { schemaFormat: SCHEMA_FORMAT, schema }
}

const message = (event: EventDefinition, site: string): JsonSchema => ({
  name: event.type,
  title: event.type,
  summary: event.summary,
  contentType: 'application/json',
  headers: headersOf(event),
  payload: payloadOf(event, site),
  examples: [{ name: 'example', payload: event.example }],
  'x-consumers': consumers.filter((c) => c.event.type === event.type).map((c) => `${c.service}: ${c.reaction}`),
})

const channel = (topic: TopicDefinition): JsonSchema => ({
  address: topic.name,
  description: `Published by ${topic.publishers.join(', ')}. Retention: ${retentionText(topic.retention)}.`,
  messages: Object.fromEntries(eventsOf(topic).map((e) => [e.type, { $ref: `#/components/messages/${e.type}` }])),
  bindings: {
    kafka: {
      topic: topic.name,
      partitions: topic.partitions,
      topicConfiguration: retentionConfig(topic.retention),
      bindingVersion: '0.5.0',
    },
  },
})

const operation = (topic: TopicDefinition): JsonSchema => ({
  action: 'send',
  channel: { $ref: `#/channels/${channelName(topic)}` },
  summary: `Facts of ${topic.name}`,
  description: eventsOf(topic)
    .map(({ type, summary }) => `- \`${type}\`: ${summary}`)
    .join('\n'),
})

/** The operators tell analysts which broker it is: a public document names none. */
const servers: JsonSchema = {
  cluster: {
    host: '{broker}:{port}',
    protocol: 'kafka-secure',
    title: 'The cluster of a site',
    description: 'TLS, and a log-in by SCRAM-SHA-512 that the operators give out.',
    variables: {
      broker: { default: 'localhost', description: 'host of a broker, from the operators' },
      port: { default: '9093', description: 'its port for TLS' },
    },
    security: [{ $ref: '#/components/securitySchemes/scram' }],
  },
  local: {
    host: 'localhost:9092',
    protocol: 'kafka',
    title: 'One machine',
    description: 'After `npm start`: no TLS and no log-in.',
  },
}

const securitySchemes: JsonSchema = {
  scram: { type: 'scramSha512', description: 'A principal of the cluster and its password' },
}

/** AsyncAPI 3 of the whole catalogue, as analysts and other consumers read it. */
export function asyncApiDocument(
  version: string,
  site: string = DEFAULT_SITE,
  email = 'security@millionpictures.example',
): JsonSchema {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Million Pictures events',
      version,
      description:
        'Facts about ids: no event holds a name, handle, address, full IP or free text written by a person. CloudEvents 1.0, Kafka binary mode.',
      contact: { name: 'Million Pictures', url: site, email },
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: [...new Set(topics.flatMap(({ publishers }) => publishers))].map((name) => ({ name })),
    },
    servers,
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((t) => [channelName(t), channel(t)])),
    operations: Object.fromEntries(topics.map((t) => [`publish.${t.name}`, operation(t)])),
    components: {
      messages: Object.fromEntries(events.map((e) => [e.type, message(e, site)])),
      securitySchemes,
    },
  }
}
