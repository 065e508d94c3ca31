import { createTopics } from '@mpics/eventing'
import { gateway } from '@mpics/contracts'
import { Pool } from 'undici'
import type { Bench } from '../measuring/bench.js'
import { closedLoop, interleaved } from '../measuring/measure.js'
import { report } from '../measuring/report.js'
import { BareServer } from '../references/bare-server.js'

const CALLERS = 16
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** A view accepted by the gateway against a bare route; both answer after Kafka has acknowledged the record. */
export async function benchPageViews({ system, rounds, ms }: Bench): Promise<void> {
  const brokers = system.stack.kafkaBrokers
  const prefix = `bench${Date.now()}-`
  await createTopics({ brokers: brokers.split(','), prefix })
  const topic = `${prefix}${gateway.pageViewRecorded.topic.name}`
  const server = await BareServer.start('page-view', { brokers, topic })
  const [ours, bare] = [
    new Pool(system.gatewayUrl, { connections: CALLERS }),
    new Pool(server.url, { connections: CALLERS }),
  ]
  try {
    const record = {
      key: gateway.pageViewRecorded.example.page,
      value: JSON.stringify(gateway.pageViewRecorded.example),
    }
    const post = (pool: Pool, path: string, body: unknown) => async () => {
      const answer = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', 'user-agent': FIREFOX },
        body: JSON.stringify(body),
      })
      await answer.body.dump()
      if (answer.statusCode !== 202) throw new Error(`a page view was answered ${answer.statusCode}`)
    }
    const loop = { callers: CALLERS, ms }
    const comparison = await interleaved(
      () => closedLoop(post(ours, '/v1/page-views', { page: '/explore' }), loop),
      () => closedLoop(post(bare, '/', { records: [record] }), loop),
      rounds,
    )
    report(
      `Page-view intake, ${CALLERS} callers`,
      { ours: 'gateway', reference: 'bare Fastify and kafkajs' },
      comparison,
    )
  } finally {
    await Promise.all([ours.close(), bare.close()])
    server.stop()
  }
}
