import { setTimeout as delay } from 'node:timers/promises'
import kafkajs, { type Admin } from 'kafkajs'
import type { KafkaAccess } from '../eventing-options.js'
import { createKafka } from '../kafka/kafka-client.js'
import { type Catalogue, type PlannedTopic, topicPlan } from './topic-plan.js'

export type TopicDifference =
  | { topic: string; kind: 'missing' }
  | { topic: string; kind: 'unplanned' }
  | { topic: string; kind: 'partitions' | 'replicas'; wanted: number; found: number }
  | { topic: string; kind: 'config'; name: string; wanted: string; found: string }

export interface TopicOptions {
  catalogue?: Catalogue
  /** Copies of each partition; from three on, two must have an acknowledged event. The broker decides by default. */
  replicationFactor?: number
}

export async function withAdmin<T>(access: KafkaAccess, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = createKafka(access).admin({ retry: { retries: 5 } })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

/** Creates missing topics and resolves to their names. Leaves existing ones as they are: see `diffTopics`. */
export async function createTopics(access: KafkaAccess, options: TopicOptions = {}): Promise<string[]> {
  const { catalogue, replicationFactor = -1 } = options
  const plan = topicPlan(access.prefix, catalogue, replicationFactor)
  return withAdmin(access, async (admin) => {
    const existing = new Set(await admin.listTopics())
    const missing = plan.filter(({ topic }) => !existing.has(topic))
    if (missing.length === 0) return []
    await admin.createTopics({
      waitForLeaders: false,
      timeout: 15_000,
      topics: missing.map((p) => entry(p, replicationFactor)),
    })
    const names = missing.map(({ topic }) => topic)
    await untilLed(admin, names)
    return names
  })
}

const WAIT_MS = 30_000
const AGAIN_MS = 100

/** kafkajs would wait too, but gives up on a broker that learns late of a topic that it has just created. */
async function untilLed(admin: Admin, names: string[]): Promise<void> {
  const until = Date.now() + WAIT_MS
  while (!(await areLed(admin, names))) {
    if (Date.now() > until) throw new Error(`Kafka created topics that have no leader after ${WAIT_MS / 1000} s`)
    await delay(AGAIN_MS)
  }
}

async function areLed(admin: Admin, names: string[]): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: names })
    return topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))
  } catch (error) {
    if ((error as { retriable?: boolean }).retriable) return false
    throw error
  }
}

const entry = ({ topic, partitions, config }: PlannedTopic, replicationFactor: number) => ({
  topic,
  numPartitions: partitions,
  replicationFactor,
  configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
})

/** Compares existing topics under the prefix with the catalogue. */
export async function diffTopics(access: KafkaAccess, options: TopicOptions = {}): Promise<TopicDifference[]> {
  const prefix = access.prefix ?? ''
  const plan = topicPlan(prefix, options.catalogue, options.replicationFactor)
  return withAdmin(access, async (admin) => {
    const existing = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix) && !topic.startsWith('__'))
    const planned = new Set(plan.map(({ topic }) => topic))
    const present = plan.filter(({ topic }) => existing.includes(topic))
    return [
      ...plan
        .filter(({ topic }) => !existing.includes(topic))
        .map(({ topic }) => ({ topic, kind: 'missing' as const })),
      ...existing.filter((topic) => !planned.has(topic)).map((topic) => ({ topic, kind: 'unplanned' as const })),
      ...(await layoutDifferences(admin, present, options.replicationFactor)),
      ...(await configDifferences(admin, present)),
    ]
  })
}

async function layoutDifferences(admin: Admin, plan: PlannedTopic[], replicas?: number): Promise<TopicDifference[]> {
  if (plan.length === 0) return []
  const { topics } = await admin.fetchTopicMetadata({ topics: plan.map(({ topic }) => topic) })
  const found = new Map(topics.map(({ name, partitions }) => [name, partitions]))
  return plan.flatMap(({ topic, partitions: wanted }) => {
    const partitions = found.get(topic) ?? []
    const copies = Math.min(...partitions.map((partition) => partition.replicas.length))
    return [
      ...difference(topic, 'partitions', wanted, partitions.length),
      ...(replicas === undefined ? [] : difference(topic, 'replicas', replicas, copies)),
    ]
  })
}

type Count = 'partitions' | 'replicas'

const difference = (topic: string, kind: Count, wanted: number, found: number): TopicDifference[] =>
  found === wanted ? [] : [{ topic, kind, wanted, found }]

async function configDifferences(admin: Admin, plan: PlannedTopic[]): Promise<TopicDifference[]> {
  if (plan.length === 0) return []
  const type = kafkajs.ConfigResourceTypes.TOPIC
  const resources = plan.map(({ topic, config }) => ({ type, name: topic, configNames: Object.keys(config) }))
  const described = await admin.describeConfigs({ resources, includeSynonyms: false })
  const found = new Map(
    described.resources.map((r) => [
      r.resourceName,
      new Map(r.configEntries.map((e) => [e.configName, e.configValue])),
    ]),
  )
  return plan.flatMap(({ topic, config }) =>
    Object.entries(config).flatMap(([name, wanted]) => {
      const value = found.get(topic)?.get(name) ?? ''
      return value === wanted ? [] : [{ topic, kind: 'config' as const, name, wanted, found: value }]
    }),
  )
}
