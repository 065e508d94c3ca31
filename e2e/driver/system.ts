import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTopics } from '@mpics/eventing'
import type { StackAddresses } from '@mpics/tools/environment/servers/stack'
import type { Service } from '@mpics/tools/environment/system/services'
import { startSystem, type System, type SystemOptions } from '@mpics/tools/environment/system/system'
import { ApiClient } from '@mpics/api-client'
import { Mailbox } from '@mpics/tools/people/mailbox'
import { SharedSystem } from './shared-system.js'

const required = (name: string): string => {
  const value = process.env[name]
  if (!value)
    throw new Error(
      `${name} is not set: run these tests with \`npm test -- --only journeys\`, which starts the servers`,
    )
  return value
}

/** The servers that `npm test` started. */
export const stack = (): StackAddresses => ({
  mongodbUri: required('MONGODB_URI'),
  kafkaBrokers: required('KAFKA_BROKERS'),
  s3Endpoint: required('S3_ENDPOINT'),
  s3AccessKey: required('S3_ACCESS_KEY'),
  s3SecretKey: required('S3_SECRET_KEY'),
  smtpUrl: required('SMTP_URL'),
  mailApi: required('MAIL_API'),
})

export interface Running {
  system: System
  folder: string
}

export const logFolder = (running: Running): string => join(running.folder, 'logs')

/** The text of each log, by the name of its file. */
export async function logsIn(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.log'))
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const)),
  )
}

export const metricsOf = async ({ system: { ports } }: Running, name: Service): Promise<string> =>
  (await fetch(`http://127.0.0.1:${ports[name].ops}/metrics`)).text()

/** A warning of Node means a defect of ours: a timer that got a point in time, or listeners that pile up. */
async function warningsIn(folder: string): Promise<string[]> {
  const texts = [...(await logsIn(join(folder, 'logs'))).values()]
  return texts.flatMap((text) => text.match(/^\(node:\d+\) \w*Warning: .*$/gm) ?? [])
}

async function start(options: Partial<SystemOptions>): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-e2e-'))
  // other steps of the gate may begin at the same moment
  const prefix = `e${process.pid.toString(36)}${Date.now().toString(36)}-`
  await createTopics({ brokers: stack().kafkaBrokers.split(','), prefix })
  return { folder, system: await startSystem({ stack: stack(), folder, prefix, freePorts: true, ...options }) }
}

/** Ends with an error where a service warned. */
async function end({ system, folder }: Running): Promise<void> {
  await system.stop()
  const warnings = await warningsIn(folder)
  await rm(folder, { recursive: true, force: true })
  if (warnings.length > 0) throw new Error(`Services warned: ${warnings.join('; ')}`)
}

const shared = SharedSystem.ofRun({ start: () => start({}), end })

/** The six services as processes, for one test file: their own databases, topics, ports and secrets. */
export function system(options: Partial<SystemOptions> = {}): Running {
  const running = {} as Running
  beforeAll(async () => {
    await shared.end()
    Object.assign(running, await start(options))
  })
  afterAll(() => running.system && end(running))
  return running
}

/** One for all files of a run that look only at what they made themselves. The first that needs its own ends it, or the end of the run does. */
export function sharedSystem(): Running {
  const running = {} as Running
  beforeAll(async () => {
    Object.assign(running, await shared.started())
  })
  return running
}

export const parts = ({ system: { gatewayUrl, stack: servers, prefix } }: Running) => ({
  api: new ApiClient(gatewayUrl),
  mailbox: new Mailbox(servers.mailApi!),
  kafkaBrokers: servers.kafkaBrokers,
  kafkaPrefix: prefix,
})
