import { Pool } from 'undici'
import type { Bench } from '../measuring/bench.js'
import { interleaved, inTurn } from '../measuring/measure.js'
import { report } from '../measuring/report.js'
import { internalToken } from './internal-token.js'

const TIMES = 1_000

/** One caller, one call after the other: what the hop through the gateway adds. */
export async function benchGatewayOverhead({ system, folder, rounds }: Bench): Promise<void> {
  const direct = new Pool(`http://127.0.0.1:${system.ports.identity.http}`, { connections: 1 })
  const through = new Pool(system.gatewayUrl, { connections: 1 })
  const get =
    (pool: Pool, headers: Record<string, string> = {}) =>
    async () => {
      const answer = await pool.request({ method: 'GET', path: '/v1/announcements', headers })
      await answer.body.dump()
      if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`)
    }
  const comparison = await interleaved(
    () => inTurn(get(through), TIMES),
    async () => inTurn(get(direct, { authorization: `Bearer ${await internalToken(folder, 'identity')}` }), TIMES),
    rounds,
  )
  report(
    `Gateway overhead, ${TIMES} calls in turn`,
    { ours: 'through the gateway', reference: 'the service directly' },
    comparison,
  )
  await Promise.all([direct.close(), through.close()])
}
