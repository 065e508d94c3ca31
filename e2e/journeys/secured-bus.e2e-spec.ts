import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyRights, createTopics } from '@mpics/eventing'
import { type SecuredKafka, startSecuredKafka } from '@mpics/tools/environment/servers/start-secured-kafka'
import { serviceNames, type Service } from '@mpics/tools/environment/system/services'
import { startSystem, type System } from '@mpics/tools/environment/system/system'
import { eventually } from '@mpics/testing/eventually'
import { Narrator } from '@mpics/tools/tour/narrator'
import { Tour } from '@mpics/tools/tour/tour'
import { parts, stack } from '../driver/system.js'

const folder = mkdtempSync(join(tmpdir(), 'mpics-secured-'))
const prefix = `s${Date.now().toString(36)}-`

describe('the six services on a Kafka with TLS, log-ins and an authoriser', () => {
  let kafka: SecuredKafka
  let system: System | undefined
  const start = async (change: (service: Service) => Record<string, string> = () => ({})) => {
    const { brokers } = kafka.access()
    const extra = Object.fromEntries(serviceNames.map((s) => [s, { ...kafka.variables(s), ...change(s) }]))
    return startSystem({ stack: { ...stack(), kafkaBrokers: brokers[0]! }, folder, prefix, freePorts: true, extra })
  }

  beforeAll(async () => {
    kafka = await startSecuredKafka(join(folder, 'secured'), serviceNames)
    await createTopics({ ...kafka.access(), prefix })
    await applyRights({ ...kafka.access(), prefix })
  })
  afterAll(async () => {
    await system?.stop()
    await kafka?.server.stop()
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
})
