// The least log-in: a wrong guess is kept before anybody hears that it was wrong; a session lies in its account, outlives a crash and begins only where
// the account is as it was; and a signed token.
import { hash as digest, createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { connectMongo, updateEach } from '@mpics/mongo'
import { hash, verify } from '@node-rs/argon2'
import Fastify from 'fastify'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { settings } from '../../roles/answer.js'
import { serve } from '../serve.js'
import { GuessedAccounts } from './guessed-accounts.js'
import { verifying } from '../tokens.js'

interface Body {
  login: string
  password: string
  browserToken?: string
}

const MAX_SESSIONS = 20
const TOKEN_S = 600
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const { uri, handles, password, key, publicKey } = settings<{
  uri: string
  handles: string[]
  password: string
  key: string
  publicKey: JWK
}>()
const passwordHash = await hash(password, COST)
/** Compared where there is no account, so that nobody can tell by the time. */
const nobodysHash = await hash(randomUUID(), COST)
const db = (await connectMongo(uri)).db!
const accounts = new GuessedAccounts(db)
await accounts.insert(handles.map((_id) => ({ _id, passwordHash, state: 'active', sessions: [] })))
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const mac = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, 32)

const tokenOfBrowser = (shown: string | undefined): string => {
  if (shown && mac(shown.slice(0, 48)) === shown.slice(48)) return shown
  const value = randomBytes(24).toString('hex')
  return value + mac(value)
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
function accessToken(sub: string, sid: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const signed = `${part({ alg: 'ES256' })}.${part({ sub, sid, roles: ['member'], iat, exp: iat + TOKEN_S })}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

interface Session {
  id: string
  browser: string
}

/** False where the account was locked or closed, or has got another password, since it was read. The command may be repeated. */
async function begin(login: string, provedHash: string, session: Session): Promise<boolean> {
  const sessions = { $each: [session], $sort: { seenAt: 1 }, $slice: -MAX_SESSIONS }
  const update = { $push: { sessions }, $unset: { [`guesses.${session.browser}`]: 1 } }
  const filter = { _id: login, passwordHash: provedHash, state: 'active', 'sessions.id': { $ne: session.id } }
  return (await updateEach(db, 'floor_accounts', [{ filter, update }])) === 1
}

const app = Fastify()
const check = verifying((await importJWK(publicKey, 'ES256')) as CryptoKey)
app.addHook('onRequest', ({ headers }) => check(headers.authorization))
app.post<{ Body: Body }>('/sessions', async ({ body, headers }, reply) => {
  const { login } = body
  const browserToken = tokenOfBrowser(body.browserToken)
  const browser = mac(`${login}:${browserToken}`)
  const guess = await accounts.guess(login, browserToken === body.browserToken ? browser : undefined)
  const { passwordHash: stored = nobodysHash } = guess.account ?? {}
  const matches = await verify(stored, body.password)
  const [id, secret, at] = [randomUUID(), randomBytes(32).toString('hex'), new Date()]
  const agent = String(headers['user-agent']).slice(0, 100)
  const session = { id, browser, agent, refreshHash: digest('sha256', secret), at, seenAt: at }
  // the same commands for a wrong password, so that nobody can tell by the time
  if (!(await begin(login, matches ? stored : '', session))) return reply.code(401).send()
  await guess.succeeded()
  return reply.code(201).send({ accessToken: accessToken(login, id), refreshToken: `${id}${secret}`, browserToken })
})
await serve(app)
