import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { createTopics, EventWriter, type KafkaAccess } from '@mpics/eventing'
import type { Supervised } from '@mpics/tools/environment/processes/supervised'
import { startStack, type Stack } from '@mpics/tools/environment/servers/stack'
import { serviceNames, type Service } from '@mpics/tools/environment/system/services'
import { startSystem, type System } from '@mpics/tools/environment/system/system'
import { eventually } from '@mpics/testing/eventually'
import { check, type Allowed } from '../checker/check.js'
import type { SenderDeath } from '../checker/mails.js'
import type { Violation } from '../checker/violation.js'
import { History } from '../evidence/history.js'
import { Load, type LoadOptions } from '../load/load.js'
import { documentsOf, observe, recordsOf, relayLeader } from './observe.js'
import { diskOf, ownFolder, removeFolder } from './own-folder.js'
import type { Person } from '../load/person.js'
import type { Observed, SeenRecord, Stored } from '../evidence/observed.js'
import { Chance } from '../load/chance.js'
import { untilIdle } from './until-idle.js'
import { ServiceLogs } from './service-logs.js'
import { SmallDisk } from './small-disk.js'

/**
 * The tests start MongoDB and Kafka in order to kill them, and a mail sink whose mails they all read again and again; they use the environment's
 * object store, if given.
 */
const ATTACHED = ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']
const RESIDENTS = 2
const RESTART_MS = 500
const FIRED_MS = 240_000
const MAIL_SHOWN_MS = 120_000
/** Characters. */
const SHOWN_OF_LOG = 3_000
const PROGRESS_MS = 240_000
/** More than any offset. */
const BEFORE = 1e9

/** Our own servers, six services with fail-points that can be armed while they run, and the history of requests. */
export class FaultySystem {
  readonly history: History
  readonly logs: ServiceLogs
  /** Deviations that the faults so far explain. */
  readonly allowed = { deaths: [] as SenderDeath[], poison: [] as string[] } satisfies Allowed
  private readonly reported = new Set<string>()
  private readonly residents: Person[] = []
  private readonly replicas: Supervised[] = []
  private readonly remembered: Observed['records'] = {}

  private constructor(
    readonly folder: string,
    readonly stack: Stack,
    readonly system: System,
    /** Kafka's log; undefined where no file system can be mounted. */
    readonly disk: SmallDisk | undefined,
  ) {
    this.history = new History(join(folder, 'history.jsonl'))
    this.logs = new ServiceLogs(join(folder, 'logs'))
  }

  static async start(): Promise<FaultySystem> {
    const folder = await ownFolder()
    const env = Object.fromEntries(ATTACHED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
    const disk = SmallDisk.mount(diskOf(folder))
    const stack = await startStack({ folder: join(folder, 'stack'), forTests: true, env })
    const prefix = `f${Date.now().toString(36)}-`
    await createTopics({ brokers: stack.addresses.kafkaBrokers.split(','), prefix })
    const system = await startSystem({
      stack: stack.addresses,
      folder,
      prefix,
      freePorts: true,
      extra: extraOf(folder),
      maxPauseMs: RESTART_MS,
    })
    const faulty = new FaultySystem(folder, stack, system, disk)
    faulty.residents.push(...(await faulty.newMembers(RESIDENTS)))
    return faulty
  }

  get kafka(): KafkaAccess & { prefix: string } {
    return { brokers: this.stack.addresses.kafkaBrokers.split(','), prefix: this.system.prefix }
  }

  load(seed: number, options: Partial<LoadOptions> = {}): Load {
    const { gatewayUrl, stack } = this.system
    const { history, residents } = this
    return new Load({ gatewayUrl, mailApi: stack.mailApi!, history, residents, chance: new Chance(seed), ...options })
  }

  /** People who act only when a test makes them. */
  async newMembers(count: number): Promise<Person[]> {
    const load = this.load(count, { newcomers: count, residents: [] })
    await load.join()
    return load.people
  }

  /** Gives the process of a service this fault from its next passage on. */
  arm(service: Service, fault: string): void {
    writeFileSync(faultFile(this.folder, service), fault)
  }

  disarm(service: Service): void {
    rmSync(faultFile(this.folder, service), { force: true })
  }

  isArmed = (service: Service): boolean => existsSync(faultFile(this.folder, service))

  /** Everything that the processes of a service wrote, without its replicas. */
  log(service: Service): string {
    return readFileSync(join(this.folder, `logs/${service}.log`), 'utf8')
  }

  /** Arms a fault; resolves when it has struck, and rejects when it never does. */
  async strike(service: Service, fault: string): Promise<void> {
    const name = fault.split(':')[0]!
    const before = this.logs.fired(service, name)
    let [lookedBefore, looked] = [new Date(), new Date()]
    this.arm(service, fault)
    const hasFired = async () => {
      ;[lookedBefore, looked] = [looked, new Date()]
      return this.logs.fired(service, name) > before
    }
    await eventually(`fail-point ${fault} of ${service} to fire`, hasFired, FIRED_MS).catch((error: Error) => {
      const armed = this.isArmed(service) ? 'armed' : 'not armed any more'
      const ends = this.logs.of(service).map((log) => log.slice(-SHOWN_OF_LOG))
      throw new Error(`${error.message}; it is ${armed}. Logs end with\n${ends.join('\n…\n')}`)
    })
    if (service === 'notifications' && fault.includes(':kill')) this.senderDied(lookedBefore)
  }

  /** An event that notifications can never handle. */
  async poison(): Promise<void> {
    const id = randomUUID()
    this.allowed.poison.push(id)
    const headers = { ce_id: id, ce_type: identity.verificationRequested.type, ce_sequence: '1' }
    const writer = await EventWriter.connect(this.kafka)
    await writer.records(identity.verificationRequested.topic.name, [{ key: id, value: '{"accountId":7}', headers }])
    await writer.close()
  }

  /** Mails that it was sending may come twice. */
  senderDied(from: Date): void {
    this.allowed.deaths.push({ from, to: new Date() })
  }

  /** The process that publishes a service's events; undefined while none does. */
  leaderOf = (service: Service): Promise<number | undefined> => relayLeader(this.system, service)

  /** One more process of a service, until the test ends. */
  async replica(service: Service, env?: Record<string, string>): Promise<Supervised> {
    const replica = await this.system.replica(service, env)
    this.replicas.push(replica)
    await replica.start()
    return replica
  }

  async withoutReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.stop()))
  }

  /** Restores one process of each service and server, without faults. */
  async mend(): Promise<void> {
    for (const name of serviceNames) this.disarm(name)
    await this.disk?.free()
    await this.withoutReplicas()
    for (const one of [...Object.values(this.stack.servers), ...Object.values(this.system.services)])
      await (one.running ? one.untilReady() : one.start())
  }

  async ready(): Promise<void> {
    await Promise.all(serviceNames.map((name) => this.system.services[name].untilReady()))
  }

  untilIdle = (withinMs?: number): Promise<void> => untilIdle(this.system, withinMs)

  async observe(): Promise<Observed> {
    const seen = { ...(await observe(this.system)), logs: this.logs.all() }
    for (const [topic, records] of Object.entries(this.remembered))
      seen.records[topic] = [...records, ...(seen.records[topic] ?? [])]
    return seen
  }

  recordsOf = (topic: string): Promise<SeenRecord[]> => recordsOf(this.system, topic)

  documentsOf = (service: Service, collection: string): Promise<Stored[]> =>
    documentsOf(this.system, service, collection)

  /** Keeps records of a topic that is being deleted. */
  remember(topic: string, records: readonly SeenRecord[]): void {
    this.remembered[topic] = records.map((record) => ({ ...record, offset: record.offset - BEFORE }))
  }

  /** Waits until so many more commands are acknowledged. */
  async progress(commands: number): Promise<void> {
    const wanted = this.history.acknowledged + commands
    await eventually(`${commands} commands`, async () => this.history.acknowledged >= wanted, PROGRESS_MS)
  }

  /** New violations since the last call. The mail sink shows a mail a moment after it took it. */
  async violations(): Promise<Violation[]> {
    const until = performance.now() + MAIL_SHOWN_MS
    for (;;) {
      const seen = await this.observe()
      const all = check(this.history.attempts, seen, this.allowed)
      const fresh = all.filter((one) => !this.reported.has(JSON.stringify(one)))
      const late = fresh.length > 0 && fresh.every(({ rule }) => rule === 'lost mail')
      if (late && performance.now() < until) continue
      for (const one of fresh) this.reported.add(JSON.stringify(one))
      return fresh
    }
  }

  async stop(): Promise<void> {
    await this.system.stop()
    await this.stack.stop()
    await removeFolder(this.folder)
  }
}

const faultFile = (folder: string, service: Service) => join(folder, 'armed', service)

function extraOf(folder: string): Record<Service, Record<string, string>> {
  mkdirSync(join(folder, 'armed'), { recursive: true })
  const faults = serviceNames.map((name): [Service, Record<string, string>] => [
    name,
    { FAULT: `@${faultFile(folder, name)}` },
  ])
  const extra = Object.fromEntries(faults) as Record<Service, Record<string, string>>
  // a mail of a dead replica goes out after so long, instead of 20 s
  return {
    ...extra,
    notifications: { ...extra.notifications, NOTIFICATIONS_LEASE_MS: '5000' },
    media: { ...extra.media, MEDIA_UPLOADS_PER_DAY: '100000' },
  }
}
