import { type ChildProcess, fork } from 'node:child_process'
import { hash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { profiles } from '@mpics/contracts'
import { createTopics } from '@mpics/eventing'
import { connectMongo } from '@mpics/mongo'
import { dropDatabase, untilMails } from '@mpics/testing'
import { exportJWK, generateKeyPair } from 'jose'
import { minting } from '../src/bench/references/floor/tokens.js'
import { nodeProgram, root } from '../src/environment/root.js'

const { MONGODB_URI: servers, KAFKA_BROKERS: brokers, SMTP_URL: smtpUrl } = process.env

describe('the floor of a follow mail', () => {
  const prefix = `floor${Date.now()}-`
  const uri = servers!.replace('/?', `/${prefix}?`)
  const started: ChildProcess[] = []
  const start = async (name: string, settings: object) => {
    const file = join(root, `tools/dist/bench/references/floor/${name}-server.js`)
    const server = fork(file, [JSON.stringify({ uri, brokers, ...settings })], { execPath: nodeProgram() })
    started.push(server)
    const [port] = (await once(server, 'message')) as [string]
    return `http://127.0.0.1:${port}`
  }
  afterAll(async () => {
    started.forEach((server) => server.kill('SIGKILL'))
    await dropDatabase(uri)
  })

  it('tells of each follow once, though it died before, and of none who was erased', async () => {
    await createTopics({ brokers: brokers!.split(','), prefix })
    const topic = prefix + profiles.followStarted.topic.name
    const pair = await generateKeyPair('ES256', { extractable: true })
    const [publicKey, privateKey] = [await exportJWK(pair.publicKey), await exportJWK(pair.privateKey)]
    const [followed, died, erased, last] = Array.from({ length: 4 }, () => randomUUID()) as [string, ...string[]]
    const email = `${followed}@example.org`
    const connection = await connectMongo(uri)
    const fill = (name: string, ...documents: ({ _id: string } & Record<string, unknown>)[]) =>
      connection.db!.collection<{ _id: string }>(name).insertMany(documents)
    await fill(
      'profiles',
      ...[followed, died, erased, last].map((_id) => ({ _id: _id!, handleKey: _id, fullName: _id })),
    )
    await fill('accounts', { _id: followed, email })
    await fill('floor_deliveries', { _id: `${died} ${followed}`, sent: false })
    await fill('_erased', { _id: hash('sha256', `erased ${erased}`, 'base64url') })
    const identity = await start('service', { collection: 'accounts', fields: ['email'], publicKey })
    const owner = await start('follow', { topic, publicKey })
    const mail = { text: 'text', html: 'html' }
    await start('follow-mail', { topic, services: { identity, profiles: owner }, privateKey, smtpUrl, mail })
    const authorization = await minting(pair.privateKey, 'profiles')()
    for (const follower of [died, died, erased, last]) {
      const headers = { authorization, 'x-member': follower! }
      expect((await fetch(`${owner}/follows/${followed}`, { method: 'PUT', headers })).status).toBe(204)
    }
    const subjects = (await untilMails(email, 2)).map(({ subject }) => subject)
    expect(subjects.sort()).toEqual([died, last].map((name) => `${name} follows you`).sort())
    await connection.close()
  })
})
