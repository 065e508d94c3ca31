import type { ServiceName, TopicDefinition } from '@mpics/contracts'
import { analysts, consumers, type Consumption, topics, trafficPurposes } from '@mpics/contracts/catalogue'
import { deadLetterTopic, replayTopic } from './origin.js'
import { type Catalogue, topicPlan } from './topic-plan.js'

export interface BusRight {
  principal: string
  resource: 'topic' | 'group' | 'transactional-id'
  name: string
  /** Any name that begins so, unless it is to be exactly this one. */
  prefixed?: true
  operations: readonly ('read' | 'write' | 'describe' | 'describe-configs')[]
}

export const OPERATOR = 'operator'

const CATALOGUE: Catalogue = { topics, consumers, analysts }

/** Who may do what on the bus; what is not here is denied. Idempotent producers need no right beside that to write. */
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

/** All but traffic waits in an outbox and goes through a relay. */
const isSaved = ({ name }: TopicDefinition): boolean => !name.startsWith('traffic.')

/** Traffic only for the purposes that the policy names (B14). */
const mayRead = ({ event, purpose }: Consumption): boolean =>
  !event.topic.name.startsWith('traffic.') || (purpose !== undefined && trafficPurposes.includes(purpose))

/** They read with whatever tool they like, in groups of their own. */
function analystRights(prefix: string, { analysts = [] }: Catalogue): BusRight[] {
  return analysts.flatMap(({ name, topics }): BusRight[] => {
    const give = to(name, prefix)
    return [
      ...topics.map((topic) => give('topic', topic.name, 'read', 'describe')),
      { ...give('group', `${name}.`, 'read', 'describe'), prefixed: true },
    ]
  })
}

/** An operator looks at how everything is, reads the dead letters and sends them back; not the topics themselves. */
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
