import type { ServiceName, TopicDefinition } from '@mpics/contracts'
import { analysts, consumers, type Consumption, topics, trafficPurposes } from '@mpics/contracts/catalogue'
import { deadLetterTopic, replayTopic } from './origin.js'
import { type Catalogue, topicPlan } from './topic-plan.js'

export interface BusRight {
  principal: string
  resource: 'topic' | 'group' | 'transactional-id'
  name: string
  /** Any name with this prefix; absent: exactly this name. */
  prefixed?: true
  operations: readonly ('read' | 'write' | 'describe' | 'describe-configs')[]
}

export const OPERATOR = 'operator'

export const CATALOGUE: Catalogue = { topics, consumers, analysts }

/** The rights of each principal; the broker denies all else. Idempotent producers need no right beside write. */
export function busRights(prefix = '', catalogue: Catalogue = CATALOGUE): BusRight[] {
  const services = new Set<ServiceName>([
    ...catalogue.topics.flatMap(({ publishers }) => publishers),
    ...catalogue.consumers.map(({ service }) => service),
  ])
  return [
    ...[...services].flatMap((service) => rightsOf(service, prefix, catalogue)),
    ...analystRights(prefix, catalogue),
    ...operatorRights(prefix, catalogue),
  ]
}

type Give = (resource: BusRight['resource'], name: string, ...operations: BusRight['operations'][number][]) => BusRight

const to =
  (name: string, prefix: string): Give =>
  (resource, of, ...operations) => ({ principal: `User:${name}`, resource, name: prefix + of, operations })

function rightsOf(service: ServiceName, prefix: string, { topics, consumers }: Catalogue): BusRight[] {
  const give = to(service, prefix)
  const published = topics.filter(({ publishers }) => publishers.includes(service))
  const read = consumers.filter((consumption) => consumption.service === service).filter(mayRead)
  const shared = namesOf(read.filter(({ delivery }) => delivery === 'shared'))
  return [
    ...published.map((topic: TopicDefinition) => give('topic', topic.name, 'write', 'describe')),
    ...namesOf(read).map((topic) => give('topic', topic, 'read', 'describe')),
    ...shared.flatMap((topic) => [
      give('topic', deadLetterTopic(topic, service), 'write', 'describe'),
      give('topic', replayTopic(topic, service), 'read', 'describe'),
    ]),
    ...(shared.length > 0 ? [give('group', service, 'read', 'describe')] : []),
    ...(published.some(isSaved) ? [give('transactional-id', `${service}.relay`, 'write', 'describe')] : []),
  ]
}

/** All topics but traffic have an outbox and a relay. */
const isSaved = ({ name }: TopicDefinition): boolean => !name.startsWith('traffic.')

/** Traffic only for the purposes that the policy names (B14). */
const mayRead = ({ event, purpose }: Consumption): boolean =>
  !event.topic.name.startsWith('traffic.') || (purpose !== undefined && trafficPurposes.includes(purpose))

/** Analysts read with any tool, in groups of their own. */
export function analystRights(prefix: string, { analysts = [] }: Catalogue): BusRight[] {
  return analysts.flatMap(({ name, topics }): BusRight[] => {
    const give = to(name, prefix)
    return [
      ...topics.map((topic) => give('topic', topic.name, 'read', 'describe')),
      { ...give('group', `${name}.`, 'read', 'describe'), prefixed: true },
    ]
  })
}

/** An operator sees the state of everything, reads and replays dead letters, and reads no other topic. */
function operatorRights(prefix: string, catalogue: Catalogue): BusRight[] {
  const give = to(OPERATOR, prefix)
  const shared = catalogue.consumers.filter(({ delivery }) => delivery === 'shared')
  const letters = unique(shared.map(({ event, service }) => deadLetterTopic(event.topic.name, service)))
  const replays = unique(shared.map(({ event, service }) => replayTopic(event.topic.name, service)))
  return [
    ...topicPlan('', catalogue).map(({ topic }) => give('topic', topic, 'describe', 'describe-configs')),
    ...letters.map((topic) => give('topic', topic, 'read', 'write')),
    ...replays.map((topic) => give('topic', topic, 'write')),
    ...unique(shared.map(({ service }) => service)).map((group) => give('group', group, 'describe')),
  ]
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
const namesOf = (consumptions: readonly Consumption[]) => unique(consumptions.map(({ event }) => event.topic.name))
