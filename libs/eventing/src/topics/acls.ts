import { type Consumption, consumers, type ServiceName, type TopicDefinition, topics } from '@mpics/contracts'
import { deadLetterTopic, replayTopic } from '../consume/origin.js'
import type { Catalogue } from './topic-plan.js'

export interface BusRight {
  /** `User:<service>`. */
  principal: string
  resource: 'topic' | 'group' | 'transactional-id' | 'cluster'
  name: string
  operations: readonly ('read' | 'write' | 'describe' | 'idempotent-write')[]
}

export const OPERATOR = 'operator'

/** Who may do what on the bus; what is not here is denied. */
export function busRights(prefix = '', catalogue: Catalogue = { topics, consumers }): BusRight[] {
  const services = new Set<ServiceName>([
    ...catalogue.topics.flatMap(({ publishers }) => publishers),
    ...catalogue.consumers.map(({ service }) => service),
  ])
  return [...services]
    .flatMap((service) => rightsOf(service, prefix, catalogue))
    .concat(operatorRights(prefix, catalogue))
}

function rightsOf(service: ServiceName, prefix: string, { topics, consumers }: Catalogue): BusRight[] {
  const principal = `User:${service}`
  const on = (
    resource: BusRight['resource'],
    name: string,
    ...operations: BusRight['operations'][number][]
  ): BusRight => {
    return { principal, resource, name: prefix + name, operations }
  }
  const published = topics.filter(({ publishers }) => publishers.includes(service))
  const read = consumers.filter((consumption) => consumption.service === service)
  const shared = namesOf(read.filter(({ delivery }) => delivery === 'shared'))
  return [
    ...published.map((topic: TopicDefinition) => on('topic', topic.name, 'write', 'describe')),
    ...namesOf(read).map((topic) => on('topic', topic, 'read', 'describe')),
    ...shared.flatMap((topic) => [
      on('topic', deadLetterTopic(topic, service), 'write', 'describe'),
      on('topic', replayTopic(topic, service), 'read', 'describe'),
    ]),
    ...(shared.length > 0 ? [on('group', service, 'read', 'describe')] : []),
    ...(published.length > 0 ? [on('transactional-id', `${service}.relay`, 'write', 'describe')] : []),
    { principal, resource: 'cluster', name: 'kafka-cluster', operations: ['idempotent-write'] },
  ]
}

/** An operator reads the dead letters and sends them back; not the topics themselves. */
function operatorRights(prefix: string, { consumers }: Catalogue): BusRight[] {
  const principal = `User:${OPERATOR}`
  const shared = consumers.filter(({ delivery }) => delivery === 'shared')
  const pairs = new Map(
    shared.map(({ event, service }) => [`${event.topic.name} ${service}`, [event.topic.name, service] as const]),
  )
  return [...pairs.values()].flatMap(([topic, service]): BusRight[] => [
    {
      principal,
      resource: 'topic',
      name: prefix + deadLetterTopic(topic, service),
      operations: ['read', 'write', 'describe'],
    },
    { principal, resource: 'topic', name: prefix + replayTopic(topic, service), operations: ['write', 'describe'] },
  ])
}

const namesOf = (consumptions: readonly Consumption[]): string[] => [
  ...new Set(consumptions.map(({ event }) => event.topic.name)),
]
