export { AbandonedTransactions } from './abandoned-transactions.js'
export { checkKafka } from './access/check-kafka.js'
export { type KafkaChoice, kafkaOf } from './access/kafka-environment.js'
export { type KafkaSecurity, KafkaSecurityError, securityOf } from './access/kafka-security.js'
export { causesOf } from './causes.js'
export { consumerDifferences, type DeclaredHandler } from './consume/consumer-differences.js'
export { EventServer } from './consume/event-server.js'
export type { PartitionLag } from './consume/group-lag.js'
export { ErasedIds } from './consume/erased-ids.js'
export { ProcessedEvents } from './consume/processed-events.js'
export {
  type BatchedEvent,
  EventConsumer,
  type EventContext,
  type Idempotence,
  On,
  OnBatch,
  type OnBatchOptions,
  type OnOptions,
  type ReactionExtras,
} from './consume/on.js'
export { deadLetterTopic, replayTopic } from './topics/origin.js'
export { DeadLetters, type DeadLetterFilter } from './dead-letters/dead-letters.js'
export { type DeadLetter, NoSuchDeadLetterError, type Resolution } from './dead-letters/dead-letter.js'
export type { ResolveOrder, ResolveOutcome } from './dead-letters/resolve-dead-letters.js'
export { type EventRecord, tombstone } from './envelope/record.js'
export * from './errors.js'
export { EventingModule } from './eventing.module.js'
export * from './eventing-options.js'
export { failPoint } from './fail-point.js'
export { createKafka } from './kafka/kafka-client.js'
export { type EventingHealth, EventingState } from './health.js'
export { type AggregateIndex, OUTBOX_INDEX, type StoredAggregate } from './outbox/aggregate-schema.js'
export {
  AggregateStore,
  type AggregateStoreOptions,
  type EqualityFilter,
  type StoredState,
  type Versioned,
} from './outbox/aggregate-store.js'
export { Lease } from './outbox/lease.js'
export { Outbox } from './outbox/outbox.js'
export { inBatches } from './projections/in-batches.js'
export { pages, type SnapshotPage } from './projections/pages.js'
export * from './projections/projection.errors.js'
export type { Confirmation, Fact, Projection, Rebuildable, Run } from './projections/projection.js'
export { ProjectionStore, type ProjectionStoreOptions } from './projections/projection-store.js'
export { Projections, type ProjectionStatus, type RebuildOrder } from './projections/projections.js'
export { TopicSnapshots } from './projections/topic-snapshots.js'
export type { TopicTail } from './projections/topic-tail.js'
export { TopicTails } from './projections/topic-tails.js'
export { EventPublisher } from './publish/event-publisher.js'
export { EventWriter, type WriteOptions } from './publish/event-writer.js'
export { gathering, Together } from './together.js'
export { type BusRight, busRights, OPERATOR } from './topics/acls.js'
export { addAnalyst, type AnalystAccount, listAnalysts, removeAnalyst } from './topics/analyst-accounts.js'
export { busyGroups } from './topics/busy-groups.js'
export { deleteTopics } from './topics/delete-topics.js'
export { applyRights, diffRights, type RightDifference } from './topics/rights.js'
export { type ReadRecord, readTopic, topicRecords } from './topics/read-topic.js'
export { topicHoldings } from './topics/topic-holdings.js'
export { type Catalogue, LAST_TRACE_DAYS, type PlannedTopic, topicPlan } from './topics/topic-plan.js'
export { createTopics, diffTopics, type TopicDifference, type TopicOptions } from './topics/topics.js'
export { Transactions } from './transactions.js'
export { within } from './within.js'
export { EventingMetrics } from './metrics.js'
export { eventingLabels } from './metric-labels.js'
