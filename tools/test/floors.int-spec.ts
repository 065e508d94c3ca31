import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Connection, closeMongo, connectMongo } from '@mpics/mongo'
import { eventually } from '@mpics/testing/eventually'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { startFloors } from '../src/bench/cost/scene/floors.js'
import type { FloorSystem } from '../src/bench/references/floor/floor-system.js'
import { floorFollowToMail } from '../src/bench/references/floor/follow-to-mail.js'
import { configuredAddresses } from '../src/environment/servers/addresses.js'
import { databaseUri } from '../src/environment/system/environment.js'
import { AnnouncedMails } from '../src/people/announced-mails.js'

const stack = configuredAddresses(process.env)
const prefix = `floors${Date.now()}-`
const uri = databaseUri(stack.mongodbUri, prefix)
const service = { env: { MONGODB_URI: uri } }
const services = {
  ...{ gateway: service, identity: service, profiles: service },
  ...{ media: service, notifications: service, analytics: service },
}

describe('floors of measurements', () => {
  const [owner, follower, photo] = [randomUUID(), randomUUID(), randomUUID()]
  const email = `${owner}@example.org`
  let connection: Connection
  let issuer: Server
  let privateKey: CryptoKey
  let system: FloorSystem

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256')
    privateKey = pair.privateKey
    const keys = JSON.stringify({ keys: [await exportJWK(pair.publicKey)] })
    issuer = createServer((_request, response) => response.end(keys)).listen(0, '127.0.0.1')
    await once(issuer, 'listening')
    system = { gatewayUrl: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`, prefix, stack, services }
    connection = await connectMongo(uri)
    const insert = (collection: string, ...documents: ({ _id: string } & Record<string, unknown>)[]) =>
      connection.db!.collection<{ _id: string }>(collection).insertMany(documents)
    await Promise.all([
      insert('accounts', { _id: owner, email }),
      insert('profiles', { _id: owner, handleKey: 'ansel' }, { _id: follower, handleKey: 'dora', fullName: 'Dora' }),
      insert('photos', { _id: photo, ownerId: owner, title: 'Half Dome' }),
      insert('pages', { _id: `/photos/${photo}`, total: 3, unique: 2 }),
    ])
  })
  afterAll(async () => {
    issuer.close()
    await connection.dropDatabase()
    await closeMongo(connection)
  })

  it('tell of a follow by mail', async () => {
    const floor = await floorFollowToMail(system, { text: 'x', html: '<p>x</p>' })
    const token = new SignJWT().setProtectedHeader({ alg: 'ES256' }).setSubject(follower).setExpirationTime('9m')
    const sink = await AnnouncedMails.of(stack.mailApi!)
    try {
      const signed = await token.sign(privateKey)
      const [subject] = await Promise.all([sink.next(email), floor.follow('ansel', signed)])
      expect(subject).toBe('Dora follows you')
    } finally {
      sink.stop()
      await floor.stop()
    }
  })

  it('show a photo with its owner and views, and count one', async () => {
    const floors = await startFloors(system)
    try {
      const page = await (await fetch(`${floors.url}/photos/${photo}`)).text()
      expect(page).toContain('<h1>Half Dome</h1>')
      expect(page).toContain('3 views by 2 people')
      await eventually('the view', async () => (await (await fetch(floors.counterUrl)).text()) === '1')
    } finally {
      floors.stop()
    }
  })
})
