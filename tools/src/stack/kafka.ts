import { access, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fetched, run } from './fetched.js'
import { freePort } from './free-port.js'
import type { ServerOptions } from './server-options.js'
import { Supervised } from './supervised.js'

const KAFKA = 'org.apache.kafka:kafka_2.13:4.3.1'
const LOGGING = 'org.apache.logging.log4j:log4j-slf4j-impl:2.25.5'

const dependency = (coordinates: string) => {
  const [groupId, artifactId, version] = coordinates.split(':')
  return `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`
}

/** The real broker, as jars. Maven checks their sums. */
export const fetchKafka = (): Promise<string> =>
  fetched('kafka-4.3.1', `${KAFKA} ${LOGGING}`, async (folder) => {
    const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging><dependencies>${dependency(KAFKA)}${dependency(LOGGING)}</dependencies></project>`
    await writeFile(join(folder, 'pom.xml'), pom)
    const copy = ['-q', '-B', '-C', 'dependency:copy-dependencies', '-DoutputDirectory=libs', '-DincludeScope=runtime']
    await run('mvn', copy, { cwd: folder, what: 'fetch Kafka' })
  })

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

const properties = (data: string, port: number, controller: number) => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=5
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=5
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
`

const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** One broker in KRaft mode. Its topics are made from the catalogue, never by a typing error. */
export async function startKafka({
  folder,
  port,
  say,
}: ServerOptions): Promise<{ process: Supervised; brokers: string }> {
  const jars = join(await fetchKafka(), 'libs/*')
  const data = join(folder, 'kafka')
  await mkdir(data, { recursive: true })
  const config = join(folder, 'server.properties')
  await writeFile(config, properties(data, port, await freePort()))
  await writeFile(join(folder, 'log4j2.yaml'), LOG4J)
  const java = (args: string[]) => run('java', ['-cp', jars, ...args], { what: 'prepare Kafka' })
  const formatted = await access(join(data, 'meta.properties')).then(
    () => true,
    () => false,
  )
  if (!formatted)
    await java([
      'kafka.tools.StorageTool',
      'format',
      '-t',
      (await java(['kafka.tools.StorageTool', 'random-uuid'])).trim().split('\n').at(-1)!,
      '-c',
      config,
    ])
  const process = new Supervised({
    name: 'Kafka',
    program: 'java',
    args: [
      '-Xmx256m',
      '-Xms64m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      `-Dlog4j2.configurationFile=${join(folder, 'log4j2.yaml')}`,
      '-cp',
      jars,
      'kafka.Kafka',
      config,
    ],
    env: globalThis.process.env,
    logFile: join(folder, 'logs/kafka.log'),
    ready: () => canConnect(port),
    say,
  })
  await process.start()
  return { process, brokers: `127.0.0.1:${port}` }
}
