import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Service } from '../../environment/system/services.js'
import { importJWK, type JWK, SignJWT } from 'jose'

/** The token that the gateway itself would send: a direct call without it is refused. */
export async function internalToken(folder: string, audience: Service, claims: object = {}): Promise<string> {
  const { internal } = JSON.parse(await readFile(join(folder, 'keys/secrets.json'), 'utf8')) as {
    internal: Record<string, JWK>
  }
  const key = await importJWK(internal['gateway']!, 'ES256')
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'int+jwt', kid: 'gateway' })
    .setIssuer('gateway')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(key)
}
