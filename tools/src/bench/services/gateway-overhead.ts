import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importJWK, SignJWT, type JWK } from 'jose'
import { Pool } from 'undici'
import type { Bench } from '../measuring/bench.js'
import { interleaved, inTurn } from '../measuring/measure.js'
import { report } from '../measuring/report.js'

const TIMES = 1_000

/** The token that the gateway itself would send: a direct call without it is refused. */
async function internalToken(folder: string): Promise<string> {
  const { internal } = JSON.parse(await readFile(join(folder, 'keys/secrets.json'), 'utf8')) as {
    internal: Record<string, JWK>
  }
  const key = await importJWK(internal['gateway']!, 'ES256')
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', typ: 'int+jwt', kid: 'gateway' })
    .setIssuer('gateway')
    .setAudience('identity')
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(key)
}

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
    async () => inTurn(get(direct, { authorization: `Bearer ${await internalToken(folder)}` }), TIMES),
    rounds,
  )
  report(
    `Gateway overhead, ${TIMES} calls in turn`,
    { ours: 'through the gateway', reference: 'the service directly' },
    comparison,
  )
  await Promise.all([direct.close(), through.close()])
}
