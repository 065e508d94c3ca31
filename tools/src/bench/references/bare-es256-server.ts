// A token that is checked, and another one that is signed, with ES256, and nothing else.
import Fastify from 'fastify'
import { type CryptoKey, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { serve } from './serve.js'

const SECONDS = 600
const pair = await generateKeyPair('ES256')
const sign = (key: CryptoKey, claims: Record<string, unknown>) => {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuedAt(now)
    .setExpirationTime(now + SECONDS)
    .sign(key)
}
const check = async (authorization = '') =>
  (await jwtVerify(authorization.slice('Bearer '.length), pair.publicKey, { algorithms: ['ES256'] })).payload

const app = Fastify()
app.get('/', async () => 'nothing is checked')
app.get('/token', async () => sign(pair.privateKey, { sub: 'somebody' }))
app.get('/checked', async ({ headers }) => `${(await check(headers.authorization)).sub} is known`)
app.post('/refreshed', async ({ headers }) => {
  const { sub } = await check(headers.authorization)
  return { accessToken: await sign(pair.privateKey, { sub }), expiresIn: SECONDS }
})
await serve(app)
