import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importJWK, type JWK, SignJWT } from 'jose'

const TOKEN_SECONDS = 60

/** The key of whoever gives orders: from the environment, a file, or the local installation. */
export async function operatorKey(file: string | undefined): Promise<JWK> {
  const { MPICS_OPERATOR_KEY: given, MPICS_DATA: data = join(import.meta.dirname, '../../../.data') } = process.env
  if (file !== undefined) return keyIn(await readFile(file, 'utf8'), file)
  if (given) return keyIn(given, 'MPICS_OPERATOR_KEY')
  const local = join(data, 'keys/secrets.json')
  const text = await readFile(local, 'utf8').catch(() => undefined)
  const { operator } = JSON.parse(text ?? '{}') as { operator?: JWK }
  if (operator) return operator
  throw new Error(
    'there is no operator’s key: give it with --key-file or MPICS_OPERATOR_KEY (npm start makes one for this machine)',
  )
}

function keyIn(text: string, where: string): JWK {
  try {
    const key = JSON.parse(text) as JWK
    if (key.kty === 'EC' && key.crv === 'P-256' && key.d && key.kid) return key
  } catch {
    // told below, without a word of what it holds
  }
  throw new Error(`${where} is no private ES256 key (P-256) as a JWK whose kid is the operator’s name`)
}

/** A token for one service, good for a minute. */
export async function operatorToken(key: JWK, service: string): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  return new SignJWT({ aud: service, iat, exp: iat + TOKEN_SECONDS })
    .setProtectedHeader({ alg: 'ES256', typ: 'ops+jwt', kid: key.kid })
    .sign(await importJWK(key, 'ES256'))
}
