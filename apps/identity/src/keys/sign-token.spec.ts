import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { signToken } from './sign-token.js'
import type { SigningKey } from './signing-keys.js'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = { kid: 'now', privateKey } as SigningKey

it('signs what a library for such tokens verifies, and no other key made', async () => {
  const claims = { sub: 'ada', roles: ['member'], name: 'Åda – 阿達' }
  const token = signToken(key, 'at+jwt', claims)
  const { payload, protectedHeader } = await jwtVerify(token, publicKey, { typ: 'at+jwt', algorithms: ['ES256'] })
  expect(payload).toEqual(claims)
  expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: 'now' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  await expect(jwtVerify(token, other, { algorithms: ['ES256'] })).rejects.toThrow('signature')
})
