import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { topics } from '@mpics/contracts/catalogue'
import { createKafka, Projections, topicHoldings } from '@mpics/eventing'
import { nameOfStore } from '@mpics/mongo'
import { documentsWith, eraseAll, eventually, exportOf, unstatedCollections, unstatedFields } from '@mpics/testing'
import { inventoryOf, inventoryRows } from '@mpics/tools/generate/inventory'
import { readTopic } from '@mpics/tools/tour/kcat'
import type { Member } from '@mpics/tools/people/member'
import { serviceNames } from '@mpics/tools/environment/system/services'
import type { Type } from '@nestjs/common'
import { busyLife, TOLD } from '../driver/busy-life.js'
import { openServices, type OpenService, registersOf } from '../driver/open-services.js'
import { metricsOf, parts, stack, system } from '../driver/system.js'
import { differences, labelsIn, unstated } from '../driver/stated.js'
import { TraceReceiver } from '../driver/trace-receiver.js'

const PHOTO_STORE = '../../apps/media/src/storage/photo-store.js'
const EXPORT_STORE = '../../libs/rights/src/exports/export-store.js'
interface Objects {
  keysUnder(prefix: string): AsyncIterable<string>
}

/** What was left out counts as well: somebody has to state it, or not to say it. */
const namesIn = (said: object, leftOut: unknown) => [
  ...Object.keys(said),
  ...(typeof leftOut === 'string' ? leftOut.split(' ') : []),
]

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i

describe('the register of what is held', () => {
  let traces: TraceReceiver
  const extra: Record<string, Record<string, string>> = {}
  beforeAll(async () => {
    traces = await TraceReceiver.listen()
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: traces.url, OTEL_BSP_SCHEDULE_DELAY: '200' }
    for (const name of serviceNames) extra[name] = variables
  })
  const running = system({ extra })
  let person: Member
  let photoId: string
  let services: OpenService[]

  beforeAll(async () => {
    ;({ person, photoId } = await busyLife(running))
    services = await openServices(running.system)
    for (const { app } of services) await rebuildAll(app.get(Projections, { strict: false }))
  })
  afterAll(async () => {
    await Promise.all((services ?? []).map(({ app }) => app.close()))
    traces.stop()
  })

  async function rebuildAll(projections: Projections): Promise<void> {
    for (const { name } of await projections.list()) {
      await projections.rebuild(name, { by: 'a test', allowEmpty: true })
      await eventually(async () => (await projections.status(name)).rebuild?.state === 'done')
    }
  }

  const words = () => {
    const { handle, email, fullName, password } = person.person
    return [person.accountId, handle, email, fullName, password, ...Object.values(TOLD)]
  }

  async function keysIn(service: string, store: Type<Objects>): Promise<string[]> {
    const { app } = services.find(({ name }) => name === service)!
    const keys: string[] = []
    for await (const key of app.get(store, { strict: false }).keysUnder('')) keys.push(key)
    return keys
  }

  const photoKeys = async () =>
    keysIn('media', ((await import(PHOTO_STORE)) as { PhotoStore: Type<Objects> }).PhotoStore)
  const exportKeys = async () =>
    keysIn('identity', ((await import(EXPORT_STORE)) as { ExportStore: Type<Objects> }).ExportStore)

  const linesOf = async (name: (typeof serviceNames)[number]): Promise<Record<string, unknown>[]> => {
    const text = await readFile(running.system.services[name].logFile, 'utf8')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  it('states every collection', async () => {
    for (const { connection, register } of services) expect(await unstatedCollections(connection, register)).toEqual([])
    for (const { connection, register } of services) expect(await unstatedFields(connection, register)).toEqual([])
  })

  it('states every topic of the broker', async () => {
    const admin = createKafka({ brokers: stack().kafkaBrokers.split(',') }).admin()
    await admin.connect()
    const prefix = running.system.prefix
    const existing = (await admin.listTopics()).filter((name) => name.startsWith(prefix))
    await admin.disconnect()
    expect(
      differences(
        existing.map((name) => `topic ${name.slice(prefix.length)}`),
        topicHoldings.map(({ place }) => place),
      ),
    ).toEqual([])
  })

  it('states every object of every bucket', async () => {
    const variables = serviceNames.flatMap((name) => Object.keys(running.system.services[name].env))
    const buckets = new Set(variables.filter((variable) => variable.endsWith('_S3_BUCKET')))
    // hours close long after this test: apps/analytics/test/lake.int-spec.ts compares the lake
    expect(buckets).toEqual(new Set(['ANALYTICS_S3_BUCKET', 'EXPORTS_S3_BUCKET', 'MEDIA_S3_BUCKET']))
    for (const [service, keys] of [
      ['media', await photoKeys()],
      ['identity', await exportKeys()],
    ] as const) {
      const { register } = services.find(({ name }) => name === service)!
      const prefixes = register.entries().flatMap(({ store }) => ('objects' in store ? [store.objects] : []))
      expect(keys.length).toBeGreaterThan(0)
      expect(keys.filter((key) => !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([])
    }
  })

  it('stands whole in docs/personal-data.md', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/personal-data.md'), 'utf8')
    const places = services.flatMap(({ register }) => register.entries().map(({ store }) => nameOfStore(store)))
    expect(places.filter((place) => !text.includes(`| \`${place}\` |`))).toEqual([])
  })

  it('B04.1 the inventory is what the live registers say; a field or a collection more is seen', async () => {
    const [served, live] = [
      await parts(running).api.call(identity.getInventory, {}),
      inventoryOf(registersOf(services)),
    ]
    expect(inventoryRows(served)).toEqual(inventoryRows(live))
    const { connection, register } = services.find(({ name }) => name === 'identity')!
    const { accounts } = connection.models
    const surplus = connection.db!.collection<{ _id: string }>('accounts')
    await surplus.updateOne({ _id: person.accountId }, { $set: { 'factors.nickname': 'canary' } })
    accounts!.schema.add({ motto: String })
    await connection.db!.createCollection('diaries')
    expect([
      ...(await unstatedFields(connection, register)),
      ...(await unstatedCollections(connection, register)),
    ]).toEqual([
      expect.stringMatching(/^motto of accounts .* no classification/),
      expect.stringMatching(/^factors\.nickname, stored in accounts/),
      expect.stringMatching(/^The collection diaries /),
    ])
    accounts!.schema.remove('motto')
    await surplus.updateOne({ _id: person.accountId }, { $unset: { 'factors.nickname': 1 } })
    await connection.db!.dropCollection('diaries')
  })

  it('states every label of a metric, of which none names a person', async () => {
    const seen: (readonly [string, string])[] = []
    for (const name of serviceNames) {
      const metrics = await metricsOf(running, name)
      for (const [metric, label] of labelsIn(metrics)) seen.push([label, `${metric} of ${name}`])
      expect(metrics).not.toMatch(UUID)
      for (const word of words()) expect(metrics).not.toContain(word)
    }
    expect(unstated('metric labels', 'libs/service-kit/src/operators/metric-holding.ts', seen)).toEqual([])
  })

  it('states every member of a log line', async () => {
    const seen: [string, string][] = []
    for (const name of serviceNames)
      for (const line of await linesOf(name)) for (const key of namesIn(line, line['unstated'])) seen.push([key, name])
    expect(seen.length).toBeGreaterThan(100)
    expect(unstated('logs', 'libs/service-kit/src/logging/log-holding.ts', seen)).toEqual([])
  })

  it('B48.4 states every attribute of a trace; none names a person or tells a password', async () => {
    await eventually(() => new Set(traces.attributes.map(({ service }) => service)).size === serviceNames.length)
    const seen = traces.attributes.flatMap(({ key, value, service }) =>
      namesIn({ [key]: value }, key === 'mpics.unstated' && value).map((name) => [name, service] as const),
    )
    expect(unstated('trace attributes', 'libs/service-kit/src/telemetry/trace-holding.ts', seen)).toEqual([])
    for (const text of traces.texts) for (const word of words()) expect(text).not.toContain(word)
  })

  it('gives a person what they entered', async () => {
    const exported = JSON.stringify(
      await Promise.all(services.map(({ register }) => exportOf(register, person.accountId))),
    )
    const { handle, email, fullName, password } = person.person
    for (const word of [handle, email, fullName, ...Object.values(TOLD)]) expect(exported).toContain(word)
    expect(exported).not.toContain(password)
  })

  it('leaves nothing of a person who is erased, in no database and under no key that is kept for ever', async () => {
    for (const { register } of services) expect(await eraseAll(register, person.accountId)).not.toEqual({})
    // an hour that was being counted is written once more, which a saga of erasure looks for
    await eventually('nothing to be left', async () => {
      for (const { register } of services) await eraseAll(register, person.accountId)
      const left = await Promise.all(services.map(({ connection }) => documentsWith(connection, words())))
      return left.flat().length === 0
    })
    expect((await photoKeys()).filter((key) => key.includes(photoId))).toEqual([])
    expect(await exportKeys()).toEqual([])
    for (const { register } of services) {
      expect(await eraseAll(register, person.accountId)).toEqual({})
      expect(Object.values(await exportOf(register, person.accountId)).flat()).toEqual([])
    }
    for (const { name, retention } of topics) {
      if (retention.kind !== 'compacted') continue
      const { kafkaBrokers, kafkaPrefix } = parts(running)
      const last = new Map((await readTopic(kafkaBrokers, `${kafkaPrefix}${name}`)).map((r) => [r.key, r.payload]))
      const ofPerson = [...last].filter(([key]) => key?.includes(person.accountId))
      expect({ name, retention, ofPerson }).toEqual({ name, retention, ofPerson: ofPerson.map(([key]) => [key, null]) })
      expect({ name, ofNobody: ofPerson.length === 0 }).toEqual({ name, ofNobody: retention.ofNobody ?? false })
    }
  })
})
