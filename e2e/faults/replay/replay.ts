import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gateway } from '@mpics/contracts'
import { createTopics, EventWriter } from '@mpics/eventing'
import { closeMongo, type Connection, connectMongo } from '@mpics/mongo'
import { runNode } from '@mpics/testing'
import { root } from '@mpics/tools/environment/root'
import { startStack, type Stack } from '@mpics/tools/environment/servers/stack'
import { startSystem, type System } from '@mpics/tools/environment/system/system'
import { ownFolder } from '../system/own-folder.js'
import type { View } from './recorded-views.js'

const BATCH = 2_000
/** The same hashes, so the same estimates, in each run: one sketch has a standard error of 1.6 %, and may by chance be off by 4 %. */
const VISITOR_KEY = 'replayed views, whose hashes are known: 7'
const ATTACHED = ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'SMTP_URL', 'MAIL_API']
const COUNTED = ['pages', 'page_days', 'site_traffic', 'hours', 'days']
/** How often and when something was counted, and not what. */
const OF_WRITING = ['version', '_outbox', '_tombstoneAt', 'closing', 'seen']

/** Analytics alone, on a MongoDB and a Kafka of its own. */
export class Replay {
  private constructor(
    readonly folder: string,
    readonly stack: Stack,
    readonly system: System,
    readonly database: Connection,
  ) {}

  /** The views are in the topic before anybody counts. */
  static async start(views: Iterable<View>): Promise<Replay> {
    const folder = await ownFolder()
    const env = Object.fromEntries(ATTACHED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
    const stack = await startStack({ folder: join(folder, 'stack'), forTests: true, env })
    const access = { brokers: stack.addresses.kafkaBrokers.split(','), prefix: 'replay-' }
    await createTopics(access)
    await record(await EventWriter.connect(access), views)
    const system = await startSystem({
      ...{ stack: stack.addresses, folder, prefix: access.prefix, freePorts: true, maxPauseMs: 500 },
      only: ['analytics'],
      extra: { analytics: { ANALYTICS_VISITOR_KEY: VISITOR_KEY } },
    })
    const database = await connectMongo(system.services.analytics.env['MONGODB_URI']!)
    return new Replay(folder, stack, system, database)
  }

  async stop(): Promise<void> {
    await closeMongo(this.database)
    await this.system.stop()
    await this.stack.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** What `mpics projections rebuild analytics <name>` says at its end. */
  async rebuild(name: string): Promise<{ code: unknown; state?: string; mended?: number; err: string }> {
    const env = { MPICS_DATA: this.folder, ANALYTICS_OPS_PORT: String(this.system.ports.analytics.ops) }
    const program = join(root, 'apps/mpics/dist/main.js')
    const { code, out, err } = await runNode(program, ['projections', 'rebuild', 'analytics', name, '--json'], env)
    return { code, err, ...(out === '' ? {} : (JSON.parse(out) as object)) }
  }

  /** The views of the site as counted from the topic, and as counted from the log in closed hours. */
  async counted(): Promise<{ total: number; logged: number }> {
    const sum = async (collection: string, filter: object, of: string) => {
      const steps = [{ $match: filter }, { $group: { _id: null, sum: { $sum: `$${of}` } } }]
      const [found] = await this.database.collection(collection).aggregate<{ sum: number }>(steps).toArray()
      return found?.sum ?? 0
    }
    const total = await sum('site_traffic', { period: 'all' }, 'total')
    return { total, logged: await sum('hours', { dimension: 'site', closing: { $exists: true } }, 'views') }
  }

  /** Hours before this one that are not closed yet, and their days with them. */
  openHours(before: Date): Promise<number> {
    return this.database.collection('hour_states').countDocuments({ isOpen: true, hour: { $lt: before } })
  }

  /** Everything that is counted, as text, by its place. */
  async counts(): Promise<Map<string, string>> {
    const counts = new Map<string, string>()
    for (const name of COUNTED)
      for await (const document of this.database.collection<{ _id: string }>(name).find()) {
        const counted = Object.entries(document).filter(([field]) => !OF_WRITING.includes(field))
        counts.set(`${name} ${document._id}`, JSON.stringify(Object.fromEntries(counted.sort())))
      }
    return counts
  }
}

async function record(writer: EventWriter, views: Iterable<View>): Promise<void> {
  let batch: Parameters<EventWriter['records']>[1][number][] = []
  let written = 0
  const send = async () => {
    await writer.records(gateway.pageViewRecorded.topic.name, batch)
    batch = []
  }
  for (const view of views) {
    const { occurredAt: time, page: key } = view
    const headers = {
      ce_id: `replayed-${written++}`,
      ce_type: gateway.pageViewRecorded.type,
      ce_subject: key,
      ce_time: time,
    }
    batch.push({ key, value: JSON.stringify(view), headers, timestamp: String(Date.parse(time)) })
    if (batch.length === BATCH) await send()
  }
  await send()
  await writer.close()
}
