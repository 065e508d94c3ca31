import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createTopics, deleteTopics } from '@mpics/eventing'
import { canary, clientOf, dropDatabase, eventually, kafkaAccess, keys, servers } from '../src/index.js'
import { RunningService } from './process/running-service.js'

const name = `test-process-${randomUUID().slice(0, 8)}`
const { mark } = canary()
const environment = {
  MONGODB_URI: servers().mongodbUri(name),
  KAFKA_BROKERS: servers().kafkaBrokers,
  KAFKA_PREFIX: `${name}.`,
  INTERNAL_PRIVATE_KEY: keys().privateKey('profiles'),
  INTERNAL_PUBLIC_KEYS: keys().publicKeys,
  PROFILES_SECRET: 'a secret of the tests, long enough',
  CANARY: mark,
}

const named = (file: string) => ({
  INTERNAL_TLS_CA_FILE: file,
  INTERNAL_TLS_CERTIFICATE_FILE: file,
  INTERNAL_TLS_KEY_FILE: file,
})

describe('a service as a process', () => {
  const started: RunningService[] = []
  let spans: Awaited<ReturnType<typeof traceSink>> | undefined
  const spawn = async (changes: Record<string, string> = {}) => {
    const service = await RunningService.spawn({ ...environment, ...changes })
    started.push(service)
    return service
  }
  const ready = (service: RunningService) => eventually(async () => (await service.ask('/readyz'))[0] === 200)
  const call = (service: RunningService) =>
    clientOf(service.url, 'profiles', 'gateway').get(`/v1/waits/${mark}?email=${mark}`)

  beforeAll(() => createTopics(kafkaAccess(`${name}.`), { catalogue: { topics: [], consumers: [] } }))
  afterAll(async () => {
    spans?.stop()
    for (const service of started) service.signal('SIGKILL')
    await dropDatabase(environment.MONGODB_URI)
    await deleteTopics(kafkaAccess(`${name}.`))
  })

  it('refuses to start on a contradiction, with one sentence for each variable and no secret in it', async () => {
    const service = await spawn({
      MONGODB_URI: 'localhost',
      KAFKA_BROKERS: '',
      PROFILES_SECRET: 'tooshort',
      LOG_LEVEL: 'loud',
    })
    expect(await service.end()).toBe(78)
    expect(service.output.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/^KAFKA_BROKERS is not set: .*\(Kafka brokers as host:port, separated by commas\)\.$/),
      expect.stringMatching(/^LOG_LEVEL cannot be used: Invalid option: .*\.$/),
      expect.stringMatching(/^MONGODB_URI cannot be used: its form is wrong; .*\.$/),
      expect.stringMatching(
        /^PROFILES_SECRET cannot be used: its form is wrong; .*\(at least 32 random characters\)\.$/,
      ),
    ])
    expect(service.output).not.toContain('tooshort')
  })

  it('refuses a way to Kafka that contradicts itself', async () => {
    const service = await spawn({ KAFKA_SASL_USERNAME: 'profiles', KAFKA_TLS_CA: '/etc/kafka/ca.pem' })
    expect(await service.end()).toBe(78)
    expect(service.output.trim().split('\n')).toEqual([
      expect.stringMatching(/^KAFKA_SASL_USERNAME is set, but KAFKA_SASL_PASSWORD is not: /),
      expect.stringMatching(/^KAFKA_TLS_CA is set, but nothing would be encrypted: /),
      expect.stringMatching(/^KAFKA_TLS_CA is no certificate: /),
    ])
  })

  it('refuses plaintext where encryption is required, with each variable and how to mend it', async () => {
    const service = await spawn({ INTERNAL_TLS_REQUIRED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })
    expect(await service.end()).toBe(78)
    const given = (name: string, mend: string) =>
      `${name} leads over plaintext, and INTERNAL_TLS_REQUIRED is true: give it ${mend}.`
    expect(service.output.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/^INTERNAL_TLS_CA_FILE is not set, and INTERNAL_TLS_REQUIRED is true: name the file/),
      expect.stringMatching(/^INTERNAL_TLS_CERTIFICATE_FILE is not set, and /),
      expect.stringMatching(/^INTERNAL_TLS_KEY_FILE is not set, and /),
      given('KAFKA_TLS', 'the value true'),
      given('MEDIA_URL', 'an address that begins with https://'),
      given('MONGODB_URI', 'tls=true and nothing that turns off checks of certificates'),
      given('OTEL_EXPORTER_OTLP_ENDPOINT', 'an address that begins with https://'),
      'PUBLIC_URL is not set, or is http://localhost:8080, and INTERNAL_TLS_REQUIRED is true: give it the address at which people reach the site.',
    ])
  })

  it.each([
    ['one of three', { INTERNAL_TLS_KEY_FILE: 'package.json' }, 'INTERNAL_TLS_CA_FILE is not set, but other'],
    ['one that is not there', { ...named('package.json'), INTERNAL_TLS_CA_FILE: '/no/ca' }, 'cannot be read (ENOENT)'],
    ['one without a certificate', named('package.json'), 'INTERNAL_TLS_CERTIFICATE_FILE names a file without a cert'],
  ])('refuses files of certificates that cannot be used: %s', async (_, files, sentence) => {
    const service = await spawn(files)
    expect(await service.end()).toBe(78)
    expect(service.output).toContain(sentence)
  })

  it('refuses to start without a handler that the table of consumers promises', async () => {
    const service = await spawn({ CONSUMERS: 'of the catalogue' })
    expect(await service.end()).toBe(78)
    expect(service.output).toMatch(
      /^profiles: no handler exists for create-profile-on-registration on identity\.account\.registered\.v\d+: .*\.$/m,
    )
  })

  it('waits for a Kafka that is away, with one sentence a try, and ends when it is told to', async () => {
    const service = await spawn({ KAFKA_BROKERS: '127.0.0.1:1' })
    await eventually(() => service.output.includes('Trying again in'))
    expect(service.output).toMatch(/Kafka at 127\.0\.0\.1:1 does not answer/)
    expect(await service.ask('/readyz')).toEqual([
      503,
      expect.stringContaining('starting: Kafka at 127.0.0.1:1 does not answer'),
    ])
    service.signal('SIGTERM')
    expect(await service.end()).toBe(0)
  })

  it('waits for a MongoDB that is away: alive, not ready, one sentence a try', async () => {
    const service = await spawn({ MONGODB_URI: 'mongodb://u:hidden@127.0.0.1:1/x?serverSelectionTimeoutMS=200' })
    await eventually(() => service.output.includes('Trying again in'))
    expect(service.output).toMatch(/MongoDB at 127\.0\.0\.1:1 does not answer/)
    expect(service.output).not.toContain('hidden')
    expect((await service.ask('/healthz'))[0]).toBe(200)
    expect(await service.ask('/readyz')).toEqual([503, expect.stringContaining('starting')])
  })

  it('says in one line of the log why it cannot start, and ends', async () => {
    const service = await spawn({ HTTP_HOST: '192.0.2.1' })
    expect(await service.end()).toBe(1)
    expect(JSON.parse(service.output)).toMatchObject({
      level: 'fatal',
      service: 'profiles',
      err: { code: 'EADDRNOTAVAIL', stack: expect.stringMatching(/\n +at /) as string },
    })
  })

  it('says in one line of the log which error nobody caught, without what it holds, and ends', async () => {
    const service = await spawn()
    await ready(service)
    const answer = call(service).catch(() => undefined)
    expect(await service.message()).toBe('waiting')
    service.send('fail')
    expect(await service.end()).toBe(1)
    await answer
    const said = service.output.split('\n').find((line) => line.includes('"level":"fatal"'))
    expect(JSON.parse(said ?? '{}')).toMatchObject({
      service: 'profiles',
      err: { type: 'Error', message: expect.stringContaining('E11000') as string },
    })
    expect(around(service.output, mark)).toEqual([])
  })

  it('finishes its requests before it stops, whatever its callers keep open, and is not ready meanwhile', async () => {
    const service = await spawn()
    await ready(service)
    const keptOpen = new Agent({ keepAlive: true })
    const answer = call(service)
      .agent(keptOpen)
      .then((response) => response.body as unknown)
    expect(await service.message()).toBe('waiting')
    service.signal('SIGTERM')
    await eventually(async () => (await service.ask('/readyz'))[0] === 503)
    expect((await service.ask('/healthz'))[0]).toBe(200)
    service.send('go on')
    expect(await answer).toEqual({ ok: true })
    expect(await service.end()).toBe(0)
    keptOpen.destroy()
  })

  it('stops at once although somebody connected and sent nothing, or half of a request', async () => {
    const service = await spawn()
    await ready(service)
    const { port } = new URL(service.url)
    const silent = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')]
    await Promise.all(silent.map((socket) => once(socket, 'connect')))
    silent[1]!.write('GET /v1/waits/x HTTP/1.1\r\nHost: ')
    const closed = (socket: Socket) =>
      new Promise((resolve) => void socket.on('error', () => undefined).once('close', resolve))
    const ended = silent.map(closed)
    service.signal('SIGTERM')
    expect(await service.end()).toBe(0)
    await Promise.all(ended)
  })

  it('shows metrics by route template, logs and traces without what people entered', async () => {
    spans = await traceSink()
    const service = await spawn({ OTEL_EXPORTER_OTLP_ENDPOINT: spans.url, OTEL_BSP_SCHEDULE_DELAY: '100' })
    await ready(service)
    const answer = call(service)
      .set('User-Agent', mark)
      .then(({ status }) => status)
    await service.message()
    service.send('go on')
    expect(await answer).toBe(200)
    const [, metrics] = await service.ask('/metrics')
    expect(metrics).toContain(
      'http_request_duration_seconds_count{method="GET",route="/v1/waits/:text",status="200"} 1',
    )
    service.signal('SIGTERM')
    await service.end()
    const request = service.output.split('\n').find((line) => line.includes('"msg":"request"'))
    expect(JSON.parse(request ?? '{}')).toMatchObject({
      level: 'info',
      service: 'profiles',
      route: '/v1/waits/:text',
      status: 200,
    })
    expect(JSON.parse(request ?? '{}').traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(spans.received()).toContain('GET /v1/waits/:text')
    expect(spans.received()).toContain('nestjs.controller')
    expect(spans.received()).toContain('find waits')
    expect(spans.received()).toContain('{"find":"waits","filter":{"text":"?"}')
    expect(spans.received()).toContain('findAndModify waits')
    expect(spans.received()).toContain('{"findAndModify":"waits","query":{"text":"?"}')
    expect(spans.received()).not.toMatch(/(find|aggregate|findAndModify) \$cmd/)
    expect(spans.received()).toContain('service.version')
    expect(spans.received()).toContain('service.instance.id')
    expect(service.output).toContain('E11000')
    expect(around(service.output, mark)).toEqual([])
    expect(around(spans.received(), mark)).toEqual([])
  })

  it.each([
    ['begins a trace of its own at the edge, whatever trace a stranger names', 'gateway', false],
    ['goes on with the trace of its caller inside', 'profiles', true],
  ] as const)('%s', async (_, name, goesOn) => {
    spans?.stop()
    spans = await traceSink()
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: spans.url, OTEL_BSP_SCHEDULE_DELAY: '100' }
    const service = await spawn({ INTERNAL_PRIVATE_KEY: keys().privateKey(name), ...variables })
    await ready(service)
    const traceId = randomUUID().replaceAll('-', '')
    const answer = clientOf(service.url, name, 'gateway')
      .get('/v1/waits/x')
      .set('traceparent', `00-${traceId}-${'b'.repeat(16)}-01`)
      .set('baggage', `of=${mark}`)
      .then(({ status }) => status)
    await service.message()
    service.send('go on')
    expect(await answer).toBe(200)
    service.signal('SIGTERM')
    await service.end()
    expect(spans.received()).toContain('GET /v1/waits/:text')
    expect(spans.received().includes(Buffer.from(traceId, 'hex').toString('latin1'))).toBe(goesOn)
  })
})

/** Where a mark occurs in a text. */
const around = (text: string, mark: string) =>
  [...text.matchAll(new RegExp(`.{0,80}${mark}.{0,20}`, 'gs'))].map(([found]) => found)

/** Takes what an OTLP exporter sends; the strings in its protobuf are as they are. */
async function traceSink() {
  const chunks: Buffer[] = []
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => response.end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, received: () => Buffer.concat(chunks).toString('latin1'), stop: () => server.close() }
}
