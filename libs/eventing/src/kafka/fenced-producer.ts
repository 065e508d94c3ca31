import type { Kafka, Producer } from 'kafkajs'
import { checkedProducer } from './checked-producer.js'

interface Broker {
  initProducerId(request: { transactionalId: string; transactionTimeout: number }): Promise<unknown>
}

export interface Cluster {
  findControllerBroker(): Promise<unknown>
  findGroupCoordinator(request: { groupId: string; coordinatorType: number }): Promise<Broker>
}

type CreateCluster = (options: unknown) => Cluster

const TRANSACTION_COORDINATOR = 1

/** kafkajs keeps the factory of its connections behind a symbol. */
export function clusterFactory(kafka: Kafka): { symbol: symbol; create: CreateCluster } {
  const symbol = Object.getOwnPropertySymbols(kafka).find((s) => s.description === 'private:Kafka:createCluster')
  if (!symbol) throw new Error('this version of kafkajs makes its connections in another way')
  return { symbol, create: (kafka as unknown as Record<symbol, CreateCluster>)[symbol]! }
}

/**
 * An idempotent producer whose id and epoch belong to a name: the last to connect has the highest epoch, and each partition that it
 * wrote to refuses older ones (INVALID_PRODUCER_EPOCH). It asks the name's transaction coordinator for them; no transactions.
 */
export function fencedProducer(kafka: Kafka, name: string): Producer {
  const { symbol, create } = clusterFactory(kafka)
  const client = Object.create(kafka, {
    [symbol]: { value: (options: unknown) => askingByName(create(options), name) },
  }) as Kafka
  return checkedProducer(client, {
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    metadataMaxAge: 300_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
  })
}

function askingByName(cluster: Cluster, name: string): Cluster {
  const initProducerId = async ({ transactionTimeout }: { transactionTimeout: number }) => {
    const coordinator = await cluster.findGroupCoordinator({ groupId: name, coordinatorType: TRANSACTION_COORDINATOR })
    return coordinator.initProducerId({ transactionalId: name, transactionTimeout })
  }
  cluster.findControllerBroker = () => Promise.resolve({ initProducerId })
  return cluster
}
