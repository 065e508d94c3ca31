import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { applyRights, createTopics } from '@mpics/eventing'
import { type SecuredKafka, startSecuredKafka } from '@mpics/tools/environment/servers/start-secured-kafka'
import { serviceNames, type Service } from '@mpics/tools/environment/system/services'
import { startSystem, type System } from '@mpics/tools/environment/system/system'
import { Authority, type TlsFront, tlsFront } from '@mpics/testing'
import { eventually } from '@mpics/testing/eventually'
import { Narrator } from '@mpics/tools/tour/narrator'
import { Tour } from '@mpics/tools/tour/tour'
import { parts, stack } from '../driver/system.js'

const folder = mkdtempSync(join(tmpdir(), 'mpics-secured-'))
const prefix = `s${Date.now().toString(36)}-`

/** The servers of the tests, each behind TLS. */
async function secured(authority: Authority) {
  const { mongodbUri, s3Endpoint, smtpUrl, ...others } = stack()
  const files = authority.issue(join(folder, 'servers'))
  const front = (url: string) => tlsFront(Number(new URL(url).port), files)
  const [mongodb, s3, smtp] = await Promise.all([mongodbUri, s3Endpoint, smtpUrl].map(front))
  const addresses = {
    ...others,
    mongodbUri: `mongodb://127.0.0.1:${mongodb!.port}/?directConnection=true&tls=true`,
    s3Endpoint: `https://127.0.0.1:${s3!.port}`,
    smtpUrl: `smtps://127.0.0.1:${smtp!.port}`,
  }
  return { addresses, fronts: [mongodb!, s3!, smtp!] }
}

describe('the six services with TLS to everybody, on a Kafka with log-ins and an authoriser', () => {
  let kafka: SecuredKafka
  let fronts: TlsFront[] = []
  let system: System | undefined
  const start = async () => {
    const { brokers } = kafka.access()
    const authority = Authority.make(join(folder, 'inside'))
    setDefaultCACertificates([...getCACertificates('default'), authority.ca])
    const servers = await secured(authority)
    fronts = servers.fronts
    const variables = (s: Service) => ({ ...kafka.variables(s), ...authority.issue(join(folder, s)) })
    const extra = serviceNames.map((s) => [s, { ...variables(s), INTERNAL_TLS_REQUIRED: 'true' }] as const)
    return startSystem({
      stack: { ...servers.addresses, kafkaBrokers: brokers[0]! },
      ...{ folder, prefix, freePorts: true, scheme: 'https' },
      extra: Object.fromEntries(extra),
    })
  }

  beforeAll(async () => {
    kafka = await startSecuredKafka(join(folder, 'secured'), serviceNames)
    await createTopics({ ...kafka.access(), prefix })
    await applyRights({ ...kafka.access(), prefix })
  })
  afterAll(async () => {
    await system?.stop()
    await kafka?.server.stop()
    await Promise.all(fronts.map((front) => front.stop()))
    rmSync(folder, { recursive: true, force: true })
  })

  it('B14 walk the whole path, each as itself and with its own rights alone', async () => {
    system = await start()
    const narrator = new Narrator(() => undefined)
    const { tls, sasl } = kafka.access()
    const kafkaSecurity = { tls, sasl: { ...sasl!, mechanism: 'plain' } }
    const { records } = await new Tour({ ...parts({ system, folder }), kafkaSecurity, narrator }).run()
    expect(records.map((r) => r.headers['ce_type'])).toContain('traffic.page-view.recorded.v1')
    for (const service of serviceNames)
      expect(await readFile(join(folder, 'logs', `${service}.log`), 'utf8')).not.toMatch(/authoriz|no right/i)
  })

  it('one with a wrong password stays up, is not ready and says why, until it is stopped', async () => {
    await system!.services.profiles.stop()
    const starting = system!.services.profiles.start({ KAFKA_SASL_PASSWORD: 'guessed' })
    const failed = starting.catch((error: Error) => error)
    const { ops } = system!.ports.profiles
    const answer = await eventually('the reason', async () => {
      const response = await fetch(`http://127.0.0.1:${ops}/readyz`)
      const body = await response.text()
      return response.status === 503 && body.includes('refuses the log-in') && body
    })
    expect(answer).toContain('refuses the log-in of profiles: KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD is wrong.')
    expect(answer).not.toContain('guessed')
    expect((await fetch(`http://127.0.0.1:${ops}/healthz`)).status).toBe(200)
    await system!.services.profiles.stop()
    expect(await failed).toBeInstanceOf(Error)
  })

  it('one that would call another over plaintext ends at its start, and says which variable to mend', async () => {
    const starting = system!.services.profiles.start({ IDENTITY_URL: 'http://127.0.0.1:1' })
    await expect(starting).rejects.toThrow(/ended while it started .*78/)
    const sentence =
      'IDENTITY_URL leads over plaintext, and INTERNAL_TLS_REQUIRED is true: give it an address that begins with https://.'
    expect(await readFile(join(folder, 'logs/profiles.log'), 'utf8')).toContain(sentence)
  })
})
