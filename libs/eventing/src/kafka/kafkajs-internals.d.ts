declare module 'kafkajs/src/network/requestQueue/index.js' {
  export interface InFlight {
    sentAt: number
    requestTimeout: number
    entry: { apiKey: number }
    timeoutRequest(): void
  }
  export default class RequestQueue {
    pending: unknown[]
    inflight: Map<number, InFlight>
    throttledUntil: number
    enforceRequestTimeout: boolean
    requestTimeout: number
    requestTimeoutIntervalId?: NodeJS.Timeout
    constructor(options: { enforceRequestTimeout: boolean; requestTimeout: number; isConnected?: () => boolean })
    isConnected(): boolean
    destroy(): void
    scheduleCheckPendingRequests(): void
    scheduleRequestTimeoutCheck(): void
  }
}

declare module 'kafkajs/src/producer/sendMessages.js' {
  import type { ProducerBatch, RecordMetadata } from 'kafkajs'
  export default function createSending(parts: object): (batch: ProducerBatch) => Promise<RecordMetadata[]>
}

declare module 'kafkajs/src/producer/groupMessagesPerPartition.js' {
  import type { Message, PartitionerArgs } from 'kafkajs'
  type Asked = Omit<PartitionerArgs, 'message'> & {
    messages: Message[]
    partitioner: (asked: PartitionerArgs) => number
  }
  export default function group(asked: Asked): Record<number, Message[]>
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    static nextPowerOfTwo(this: void, value: number): number
    buf: Buffer
    offset: number
    readonly buffer: Buffer
    constructor(initialSize?: number)
    ensureAvailable(length: number): void
    writeUVarInt(value: number): this
    writeVarIntString(value: string | null): this
    writeInt8(value: number): this
    writeInt32(value: number): this
    writeUVarIntString(value: string): this
    writeUVarIntBytes(value: Buffer): this
    writeEncoder(other: Encoder): this
  }
}

declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    constructor(buffer: Buffer)
    readInt8(): number
    readInt16(): number
    readInt32(): number
    readInt64(): bigint
    readString(): string
    readBytes(): Buffer | null
    readArray<T>(reader: () => T): T[]
    readUVarInt(): number
    readUVarIntString(): string
    readTaggedFields(): void
  }
}

declare module 'kafkajs/src/protocol/error.js' {
  const protocol: { createErrorFromCode(code: number): Error }
  export default protocol
}

declare module 'kafkajs/src/protocol/recordBatch/record/v0/index.js' {
  export default function encodeRecord(record: object): { buffer: Buffer }
}

declare module 'kafkajs/src/protocol/requests/produce/index.js' {
  import type { Message } from 'kafkajs'
  import type Encoder from 'kafkajs/src/protocol/encoder.js'
  export interface PartitionData {
    partition: number
    firstSequence?: number
    messages: readonly Message[]
  }
  export interface ProduceOptions {
    acks: number
    timeout: number
    compression?: number
    transactionalId?: string | null
    producerId?: string | number | { value: bigint }
    producerEpoch?: number
    topicData: readonly { topic: string; partitions: readonly PartitionData[] }[]
  }
  type Produce = (options: ProduceOptions) => { request: { encode(this: void): Promise<Encoder> }; response: unknown }
  const produce: { protocol(this: void, options: { version: number }): Produce }
  export default produce
}

declare module 'kafkajs/src/protocol/requests/fetch/index.js' {
  export interface FetchedPartition {
    partition: number
    errorCode: number
    highWatermark: string
    lastStableOffset: string
    lastStartOffset: string
    abortedTransactions: { producerId: string; firstOffset: string }[]
    preferredReadReplica: number
    messages: unknown[] | undefined
  }
  export interface Fetched {
    throttleTime: number
    clientSideThrottleTime: number
    errorCode: number
    sessionId: number
    responses: { topicName: string; partitions: FetchedPartition[] }[]
  }
  type Fetch = (options: object) => {
    request: unknown
    response: { decode(this: void, bytes: Buffer): Promise<Fetched> }
  }
  const fetch: { protocol(this: void, options: { version: number }): Fetch }
  export default fetch
}

declare module 'kafkajs/src/consumer/consumerGroup.js' {
  import type { InFlight } from 'kafkajs/src/network/requestQueue/index.js'
  export interface FetchingBroker {
    connectionPool: { pool: { requestQueue: { inflight: Map<number, Pick<InFlight, 'entry' | 'timeoutRequest'>> } }[] }
  }
  interface TopicPartitions {
    topic: string
    partitions: number[]
  }
  export default class ConsumerGroup {
    constructor(options: object)
    cluster: { brokerPool: { brokers: Record<string, FetchingBroker> } }
    assigners: { beforeRejoin?: () => Promise<void>; leaving?: AbortSignal }[]
    offsetManager?: unknown
    groupId: string
    memberId: string | null
    coordinator: { leaveGroup(member: { groupId: string; memberId: string }): Promise<void> }
    maxWaitTime: number
    minBytes: number
    joinAndSync(): Promise<void>
    leave(): Promise<void>
    fetch(nodeId: number): Promise<{ rawMessages: unknown[] }[]>
    heartbeat(options: { interval: number }): Promise<void>
    subscriptionState: {
      assign(assigned: TopicPartitions[]): void
      pause(some: TopicPartitions[]): void
      active(): TopicPartitions[]
    }
    filterPartitionsByNode(nodeId: number, active: object[]): { partitions: number[] }[]
    paused(): unknown[]
  }
}

declare module 'kafkajs/src/consumer/batch.js' {
  import type { KafkaMessage } from 'kafkajs'
  export default class Batch {
    constructor(topic: string, fetchedOffset: string, partitionData: unknown)
    messages: KafkaMessage[]
    highWatermark: string
    rawMessages: unknown[]
    lastOffset(): string
    isEmptyDueToFiltering(): boolean
  }
}
