import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { media } from '@mpics/contracts'
import { createKafka, createTopics, DeadLetters, diffTopics, Outbox, readTopic } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { databaseUri } from '../src/environment/system/environment.js'
import { type KafkaCluster, startKafkaCluster } from '../src/environment/servers/start-kafka-cluster.js'
import { eventually } from '@mpics/testing/eventually'
import { Decoder, type Part, Pictures, startPart, taken } from './secured/studio.js'

const TOPIC = media.photoUploaded.topic.name
const COPIES = 3
const CONCURRENCY = 8
const TIMEOUT_MS = 120_000

const folder = mkdtempSync(join(tmpdir(), 'mpics-three-'))
const mongodb = databaseUri(process.env['MONGODB_URI']!, `three-${process.pid}`)
const prefix = 'three.'
let cluster: KafkaCluster
let part: Part | undefined

jest.setTimeout(300_000)

beforeAll(async () => {
  cluster = await startKafkaCluster(folder, COPIES)
})

afterAll(async () => {
  await part?.app.get(Connection).dropDatabase()
  await part?.app.close()
  await Promise.all((cluster?.brokers ?? []).map((broker) => broker.stop('SIGKILL')))
  rmSync(folder, { recursive: true, force: true })
})

describe('three brokers, of which one at a time is away', () => {
  const access = () => ({ brokers: cluster.addresses, prefix })

  /** Every copy is up to date, and every partition is led by the broker that should. */
  async function isWhole(): Promise<boolean> {
    const admin = createKafka(access()).admin()
    try {
      await admin.connect()
      const { topics } = await admin.fetchTopicMetadata({ topics: [prefix + TOPIC] })
      return topics[0]!.partitions.every(({ isr, leader, replicas }) => isr.length === COPIES && leader === replicas[0])
    } finally {
      await admin.disconnect()
    }
  }

  it('lose no event, whether they are stopped, killed or come back and lead again', async () => {
    await createTopics(access(), { replicationFactor: COPIES })
    expect(await diffTopics(access(), { replicationFactor: COPIES })).toEqual([])
    part = await startPart({
      service: 'media',
      access: access(),
      mongodb,
      consumers: [Decoder],
      providers: [Pictures],
    })
    const pictures = part.app.get(Pictures)
    const saved: string[] = []
    let over = false
    const save = async () => {
      while (!over) {
        const id = randomUUID()
        await pictures.insert(taken(id))
        saved.push(id)
        await delay(5)
      }
    }
    const saving = Promise.all(Array.from({ length: CONCURRENCY }, save))
    for (const broker of cluster.brokers) {
      await (broker === cluster.brokers[0] ? broker.killAndStay() : broker.stop())
      await broker.start()
      await eventually('all copies and leaders', isWhole, TIMEOUT_MS)
    }
    over = true
    await saving
    const outbox = part.app.get(Outbox)
    await eventually('empty outboxes', async () => (await outbox.pending()) === 0, TIMEOUT_MS)
    const published = new Set((await readTopic(access(), TOPIC)).map(({ key }) => key))
    expect(saved.filter((id) => !published.has(id))).toEqual([])
    await eventually('all to be heard', async () => new Set(Decoder.decoded).size === saved.length, TIMEOUT_MS)
    expect(await new DeadLetters(access()).list()).toEqual([])
    expect(saved.length).toBeGreaterThan(1_000)
  })
})
