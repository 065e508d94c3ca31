import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.js'
import { kafkaArtifact } from '../artifacts/kafka.js'
import { accepts, freePort } from './ports.js'
import { cached } from '../artifacts/cache.js'
import { javaRuntimeArtifact } from '../artifacts/java-runtime.js'
import { cacheFolder } from '../cache-folder.js'
import type { Server, ServerPlace } from './server.js'

/** The usual 128 MiB leave no room in this heap for the partitions that tests leave behind: 1,400 of them kept Kafka from starting. */
const CLEANER_BYTES = 8 * 1024 * 1024

const FLAGS = ['-Xmx256m', '-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

const LOG4J = `Configuration:
  Appenders:
    Console:
      name: console
      PatternLayout: { pattern: "%d %p %c{1}: %m%n" }
  Loggers:
    Root:
      level: warn
      AppenderRef: { ref: console }
`

/** A broker's place in a cluster of several. */
export interface Seat {
  id: number
  controllerPort: number
  /** Where the controllers of all are. */
  controllerPorts: readonly number[]
  clusterId: string
}

/** The settings that differ between brokers. */
interface Broker {
  protocol: 'PLAINTEXT' | 'SASL_SSL'
  controllerProtocol: 'PLAINTEXT' | 'SASL_PLAINTEXT'
  /** Further lines of server.properties. */
  settings: string
  /** Accounts that exist from the first start on, as the storage tool takes them. */
  accounts: string[]
  /** The only one unless told. */
  seat?: Seat
}

export const OPEN: Broker = { protocol: 'PLAINTEXT', controllerProtocol: 'PLAINTEXT', settings: '', accounts: [] }

const properties = (
  data: string,
  port: number,
  { id, controllerPort, controllerPorts }: Seat,
  { protocol, controllerProtocol, settings }: Broker,
) => `process.roles=broker,controller
node.id=${id}
controller.quorum.voters=${controllerPorts.map((at, i) => `${i + 1}@127.0.0.1:${at}`).join()}
listeners=${protocol}://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:${controllerProtocol},${protocol}:${protocol}
inter.broker.listener.name=${protocol}
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=${controllerPorts.length}
offsets.topic.num.partitions=5
transaction.state.log.replication.factor=${controllerPorts.length}
transaction.state.log.min.isr=${Math.min(2, controllerPorts.length)}
transaction.state.log.num.partitions=5
share.coordinator.state.topic.replication.factor=${controllerPorts.length}
share.coordinator.state.topic.min.isr=${Math.min(2, controllerPorts.length)}
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=${CLEANER_BYTES}
${settings}`

/** A broker in KRaft mode. Its topics are made from the catalogue, never by a typing error. */
export const kafkaServer = (broker: Broker): Server => ({
  name: 'kafka',
  title: 'Kafka',
  variable: 'KAFKA_BROKERS',
  ports: [{ variable: 'KAFKA_PORT', usual: 9092, what: 'Kafka' }],
  artifact: kafkaArtifact,
  process: async (place) => {
    const port = place.ports[0]!
    const program = await java()
    const { config, logging } = await configure({ ...place, program }, port, broker)
    return {
      program,
      args: [...FLAGS, `-Dlog4j2.configurationFile=${logging}`, '-cp', join(place.content, '*'), 'kafka.Kafka', config],
      ready: () => accepts('127.0.0.1', port),
    }
  },
  addresses: ([port]) => ({ kafkaBrokers: `127.0.0.1:${port}` }),
  answers: async (brokers) => {
    const { hostname, port } = new URL(`kafka://${brokers.split(',')[0]}`)
    return accepts(hostname, Number(port || 9092))
  },
})

/** For the local installation and most tests: on loopback, for anybody. */
export const kafka: Server = kafkaServer(OPEN)

const java = async (): Promise<string> =>
  join(await cached(javaRuntimeArtifact, cacheFolder(), () => undefined), 'bin/java')

interface Installed {
  program: string
  content: string
}

async function configure(
  { program, content, data }: ServerPlace & Installed,
  port: number,
  broker: Broker,
): Promise<{ config: string; logging: string }> {
  const [config, logging, log] = ['server.properties', 'log4j2.yaml', 'log'].map((name) => join(data, name))
  const seat = broker.seat ?? (await onlySeat())
  await writeFile(config!, properties(log!, port, seat, broker))
  await writeFile(logging!, LOG4J)
  if (!existsSync(join(log!, 'meta.properties')))
    await format({ program, content }, config!, logging!, seat.clusterId, broker)
  return { config: config!, logging: logging! }
}

async function onlySeat(): Promise<Seat> {
  const controllerPort = await freePort()
  return { id: 1, controllerPort, controllerPorts: [controllerPort], clusterId: newClusterId() }
}

/** 16 bytes; the tool would take one that begins with a hyphen for an option. */
export const newClusterId = (): string => randomBytes(16).toString('base64url').replace(/^-/, 'A')

async function format(
  { program, content }: Installed,
  config: string,
  logging: string,
  clusterId: string,
  { accounts }: Broker,
): Promise<void> {
  const tool = ['-cp', join(content, '*'), 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', config]
  const scram = accounts.flatMap((account) => ['--add-scram', account])
  await run(program, ['-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${logging}`, ...tool, ...scram])
}
