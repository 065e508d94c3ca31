import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Supervised } from '../processes/supervised.js'
import { kafkaServer, newClusterId, OPEN } from './kafka.js'
import { freePorts } from './ports.js'
import { prepare } from './start-server.js'

export interface KafkaCluster {
  addresses: string[]
  brokers: Supervised[]
}

/** A broker that has come back leads again what it led before, after some seconds instead of five minutes. */
const SETTINGS = `auto.leader.rebalance.enable=true
leader.imbalance.check.interval.seconds=2
leader.imbalance.per.broker.percentage=0
`

/** Brokers that keep copies of each other's partitions, as in production. For tests. */
export async function startKafkaCluster(folder: string, size: number): Promise<KafkaCluster> {
  const free = await freePorts(2 * size)
  const [ports, controllerPorts] = [free.slice(0, size), free.slice(size)]
  const clusterId = newClusterId()
  const brokers = await Promise.all(
    ports.map(async (port, i) => {
      const seat = { id: i + 1, controllerPort: controllerPorts[i]!, controllerPorts, clusterId }
      const own = join(folder, `broker-${seat.id}`)
      await mkdir(own, { recursive: true })
      const broker = kafkaServer({ ...OPEN, settings: SETTINGS, seat })
      return prepare(broker, [port], { folder: own, forTests: true }, () => undefined)
    }),
  )
  await Promise.all(brokers.map((broker) => broker.start()))
  return { brokers, addresses: ports.map((port) => `127.0.0.1:${port}`) }
}
