import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTopics, deleteTopics, EventWriter, readTopic as readRecords } from '@mpics/eventing'
import { events, topics } from '@mpics/contracts/catalogue'
import { type KafkaRecord, readTopic } from '@mpics/tools/tour/kcat'
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type CloudEvent, Kafka } from 'cloudevents'
import {
  makePythonClient,
  makeTypeScriptClient,
  readInPython,
  readWithRegistry,
  type Surroundings,
  walkInPython,
  walkInTypeScript,
} from '../clients/generated-clients.js'
import { stack, sharedSystem } from '../driver/system.js'

/** CloudEvents 1.0, Kafka protocol binding: an attribute is a header with `ce_` in front. */
function attribute(header: string, value: string): [string, string][] {
  if (header === 'content-type') return [['datacontenttype', value]]
  return header.startsWith('ce_') ? [[header.slice(3), value]] : []
}

const whole = ({ time, ...others }: Record<string, unknown>) => ({
  ...others,
  time: new Date(String(time).replace(' ', 'T')).toISOString(),
})

/** They tell of an hour or a day that is over: in a system of some minutes there are only examples. */
const OF_CLOSED_TIMES = ['analytics.traffic-hourly', 'analytics.community-daily', 'identity.ledger']

const published = <T extends KafkaRecord>(record: T): record is T & { payload: string } => record.payload !== null

describe('clients and tools that others wrote', () => {
  const running = sharedSystem()
  let folder = ''
  const surroundings = (name: string): Surroundings => ({
    gateway: running.system.gatewayUrl,
    mailApi: running.system.stack.mailApi!,
    folder: join(folder, name),
  })
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'mpics-clients-'))))
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('a Python client that openapi-python-client makes, of every call, walks the tour', async () => {
    const own = surroundings('')
    expect(await makePythonClient(own)).toBe('')
    expect((await walkInPython(own)).photographer).toMatch(/^python_/)
  })

  it('a TypeScript client with the types of openapi-typescript fits them, and walks the tour', async () => {
    const own = surroundings('')
    await makeTypeScriptClient(own)
    expect((await walkInTypeScript(own)).photographer).toMatch(/^typescript_/)
  })

  describe('SDKs of CloudEvents', () => {
    const examples = { brokers: stack().kafkaBrokers.split(','), prefix: `c${Date.now().toString(36)}-` }
    const records: (KafkaRecord & { payload: string })[] = []

    beforeAll(async () => {
      await createTopics(examples)
      const writer = await EventWriter.connect(examples)
      for (const event of events)
        await writer.event(event.of(event.example), { sequence: 1, site: running.system.gatewayUrl })
      await writer.close()
      const { prefix, stack: servers } = running.system
      for (const { name } of topics)
        for (const topic of [`${prefix}${name}`, `${examples.prefix}${name}`])
          records.push(...(await readTopic(servers.kafkaBrokers, topic)).filter(published))
    })
    afterAll(() => deleteTopics(examples))

    it('are given every type, and real facts beside the examples', () => {
      expect(new Set(records.map(({ headers }) => headers['ce_type']))).toEqual(new Set(events.map(({ type }) => type)))
      expect(records.length).toBeGreaterThan(events.length + 20)
    })

    it('of JavaScript and of Python read every record to the same envelope, which is the one on the wire', async () => {
      const wire = records.map(({ headers, key, payload }) => ({
        ...Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => attribute(name, value))),
        partitionkey: key,
        data: JSON.parse(payload) as unknown,
      }))
      const inJavaScript = records.map(({ headers, key, payload }) => {
        const message = { headers, key: key!, value: payload, body: payload }
        const event = Kafka.toEvent(message) as CloudEvent
        event.validate()
        return event.toJSON()
      })
      const inPython = await readInPython(records.map(({ payload, ...rest }) => ({ ...rest, value: payload })))
      expect(inJavaScript.map(whole)).toEqual(wire.map(whole))
      expect(inPython.map(({ attributes, data }) => whole({ ...attributes, data }))).toEqual(wire.map(whole))
    })

    it('find the schema of each type of every topic at one address of the site', () => {
      const site = running.system.gatewayUrl
      for (const { headers } of records)
        expect(headers['ce_dataschema']).toBe(`${site}/schemas/${headers['ce_type']}.json`)
    })

    it('of Confluent decode and validate every public topic, and refuse a value that breaks its schema', async () => {
      const { prefix, stack: servers, gatewayUrl } = running.system
      const read = (topics: readonly string[]) =>
        readWithRegistry({ gateway: gatewayUrl, brokers: servers.kafkaBrokers }, topics)
      const isPublic = topics.filter((topic) => topic.public).map(({ name }) => name)
      const names = isPublic.flatMap((name) => [`${prefix}${name}`, `${examples.prefix}${name}`])
      const wire = records.filter(({ topic }) => names.includes(topic))
      const valueOf = ({ topic, value }: { topic: string; value: unknown }) => `${topic} ${JSON.stringify(value)}`
      const decoded = (await read(names)).map(valueOf)
      // topics of the running system have grown meanwhile, by these very calls
      expect(decoded).toEqual(
        expect.arrayContaining(wire.map((r) => valueOf({ topic: r.topic, value: JSON.parse(r.payload) }))),
      )
      const surelyTold = isPublic.filter((name) => !OF_CLOSED_TIMES.includes(name)).map((name) => `${prefix}${name}`)
      const told = [...surelyTold, ...isPublic.map((name) => `${examples.prefix}${name}`)]
      expect(wire.map(({ topic }) => topic)).toEqual(expect.arrayContaining(told))

      const { headers } = (await readRecords(examples, isPublic[0]!))[0]!
      const writer = await EventWriter.connect(examples)
      await writer.records(isPublic[0]!, [{ key: 'x', value: '{"page":1}', headers }])
      await writer.close()
      await expect(read([`${examples.prefix}${isPublic[0]}`])).rejects.toThrow(/SerializationError|required property/)
    })

    it('follow `dataschema` to the schema that the data satisfies', async () => {
      const loadSchema = async (uri: string) => (await (await fetch(uri)).json()) as AnySchemaObject
      const ajv = addFormats.default(new Ajv2020({ strict: false, loadSchema }))
      for (const { headers, payload } of records) {
        const uri = headers['ce_dataschema']!
        const valid = ajv.getSchema(uri) ?? (await ajv.compileAsync({ $ref: uri }))
        expect({ uri, ok: valid(JSON.parse(payload)), errors: valid.errors }).toEqual({ uri, ok: true, errors: null })
      }
    })
  })
})
