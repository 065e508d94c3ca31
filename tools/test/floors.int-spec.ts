import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Connection, closeMongo, connectMongo } from '@mpics/mongo'
import { eventually } from '@mpics/testing/eventually'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { startFloors } from '../src/bench/cost/scene/floors.js'
import { BareServer } from '../src/bench/references/bare-server.js'
import { distinctPhoto } from '../src/bench/references/bare-sharp.js'
import { Decoder } from '../src/bench/references/floor/decoder.js'
import { floorLogIns } from '../src/bench/references/floor/floor-log-ins.js'
import { FLOOR_PHOTOS, floorPhotos } from '../src/bench/references/floor/floor-photos.js'
import type { FloorSystem } from '../src/bench/references/floor/floor-system.js'
import { floorFollowToMail } from '../src/bench/references/floor/follow-to-mail.js'
import { type Account, GuessedAccounts } from '../src/bench/references/floor/guessed-accounts.js'
import { Objects } from '../src/bench/references/floor/objects.js'
import type { StoredPhoto } from '../src/bench/references/floor/publishing.js'
import { browsersIn } from '../src/bench/references/floor/sketch.js'
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
  const [owner, follower, photo, hidden] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const email = `${owner}@example.org`
  const visibility = { fullName: 'public', bio: 'followers' }
  const ansel = { _id: owner, handle: 'ansel', handleKey: 'ansel', fullName: 'Ansel', bio: 'f/64', visibility }
  const halfDome = { _id: photo, ownerId: owner, title: 'Half Dome', status: 'published', visibility: 'public' }
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
      insert('profiles', ansel, { _id: follower, handleKey: 'dora', fullName: 'Dora' }),
      insert('follows', { _id: `${follower}:${owner}`, followerId: follower, followedId: owner, active: true }),
      insert('photos', halfDome, { ...halfDome, _id: hidden, visibility: 'followers' }),
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
    const sink = await AnnouncedMails.of(stack.mailApi!)
    try {
      const token = await signed(follower)
      const [subject] = await Promise.all([sink.next(email), floor.follow('ansel', token)])
      expect(subject).toBe('Dora follows you')
    } finally {
      sink.stop()
      await floor.stop()
    }
  })

  it('show a photo with its owner and views, and count one', async () => {
    const floors = await startFloors(system)
    const statusOf = async (path: string, body?: object) =>
      (await fetch(`${floors.url}${path}`, { ...(body && posted(body)) })).status
    const viewed = async (cookie = '') => {
      const { method, headers, body } = posted({ page: `/photos/${photo}` })
      return fetch(`${floors.url}/page-views`, { method, headers: { ...headers, cookie }, body })
    }
    const ranks = connection.db!.collection<{ _id: string; total: number }>('floor_ranks')
    try {
      const page = await (await fetch(`${floors.url}/photos/${photo}`)).text()
      expect(page).toContain('<h1>Half Dome</h1>')
      expect(page).toContain('3 views by 2 people')
      expect(await Promise.all(['photos', 'views'].map((kind) => statusOf(`/${kind}/${hidden}`)))).toEqual([404, 404])
      expect(await statusOf('/page-views', { page: `/photos/${hidden}` })).toBe(404)
      expect(
        await statusOf('/page-views', { views: [{ page: `/photos/${photo}` }, { page: `/photos/${hidden}` }] }),
      ).toBe(404)
      expect(await profileFor(floors.url, follower)).toMatchObject({
        bio: 'f/64',
        counts: { followers: 1 },
        following: true,
      })
      expect(await profileFor(floors.url, randomUUID())).toMatchObject({ fullName: 'Ansel', following: false })
      expect(await profileFor(floors.url, randomUUID())).not.toHaveProperty('bio')
      const counted = async (views: number) => (await (await fetch(floors.counterUrl)).text()) === String(views)
      await eventually('the view', () => counted(1))
      expect(await statusOf('/page-views', { page: `/photos/${photo}` })).toBe(202)
      await eventually('another view', () => counted(2))
      const cookie = (await viewed()).headers.get('set-cookie')!.split(';')[0]!
      expect((await viewed(cookie)).headers.get('set-cookie')).toBeNull()
      expect((await viewed(`mpvid=${'0'.repeat(64)}`)).headers.get('set-cookie')).toContain('mpvid=')
      await eventually('views of browsers', () => counted(5))
      expect(browsersIn(await sketchOf(photo))).toBe(1)
      await eventually('its rank', async () => (await ranks.findOne({ _id: `/photos/${photo}` }))?.total === 5)
    } finally {
      floors.stop()
    }
  })

  it('log in a known browser, and nobody whose account was locked or who guesses', async () => {
    const started: BareServer[] = []
    const start = async (name: string, settings: object) => {
      const server = await BareServer.start(name, settings)
      started.push(server)
      return server
    }
    const password = 'correct horse battery staple'
    const { url } = await floorLogIns(start, { uri, handles: ['ansel'], password })
    const logIn = (credentials: object) => fetch(`${url}/sessions`, posted({ login: 'ansel', ...credentials }))
    const accounts = connection.db!.collection<Account>('floor_accounts')
    try {
      const first = (await (await logIn({ password })).json()) as { browserToken: string }
      const { browserToken } = first
      for (let n = 0; n < 10; n++) expect((await logIn({ password: `guess ${n}` })).status).toBe(401)
      expect((await logIn({ password })).status).toBe(429)
      expect((await logIn({ password: 'guess', browserToken })).status).toBe(401)
      expect(await (await logIn({ password, browserToken })).json()).toMatchObject({ browserToken })
      const guesses = Array.from({ length: 12 }, () => logIn({ password: 'guess', browserToken }))
      const statuses = (await Promise.all(guesses)).map(({ status }) => status)
      expect(statuses.filter((status) => status === 401)).toHaveLength(10)
      expect((await logIn({ password, browserToken })).status).toBe(429)
      await accounts.updateOne({ _id: 'ansel' }, { $set: { guesses: {} } })
      await accounts.updateOne({ _id: 'ansel' }, { $set: { state: 'locked' } })
      expect((await logIn({ password, browserToken })).status).toBe(401)
      expect((await accounts.findOne({ _id: 'ansel' }))!.sessions).toHaveLength(2)
    } finally {
      for (const server of started) server.stop()
    }
  })

  it('compare no more than ten guesses of a browser at once', async () => {
    const guessed = new GuessedAccounts(connection.db!)
    const sessions = [{ browser: 'b' }]
    await guessed.insert([{ _id: 'dora', passwordHash: '', state: 'active', sessions }])
    const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => guessed.guess('dora', 'b')))
    expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  })

  it('publish a photo, also one that was accepted by a process that died', async () => {
    const stored = connection.db!.collection<StoredPhoto>(FLOOR_PHOTOS)
    const left = randomUUID()
    const token = await signed(owner)
    const shot = await distinctPhoto(1, 300, 200)
    const objects = new Objects(stack, 'floor-photos')
    await objects.prepare()
    await objects.put(`uploads/${left}`, shot, shot.length)
    await stored.insertOne({ _id: left, status: 'processing', outbox: ['uploaded'] })
    const floor = await floorPhotos(system)
    const statusesOf = (...ids: string[]) => Promise.all(ids.map((id) => floor.statusOf(id, token)))
    try {
      const id = await floor.upload(shot, token)
      const bad = await floor.upload(Buffer.from('no picture'), token)
      const broken = await floor.upload(shot.subarray(0, shot.length / 2), token)
      const outcomes = ['published', 'rejected', 'published', 'rejected'].join()
      await eventually('all outcomes', async () => (await statusesOf(id, bad, left, broken)).join() === outcomes)
      await expect(objects.get(`photos/${broken}/original`)).rejects.toThrow('does not exist')
      const sizes = await Promise.all(
        ['original', 'large', 'small', 'thumb'].map((name) => objects.get(`photos/${left}/${name}`)),
      )
      expect(sizes.every(({ length }) => length > 500)).toBe(true)
    } finally {
      floor.stop()
    }
  })

  it('decode one photo after the other, also after one that could not be stored', async () => {
    const decoder = new Decoder()
    const [one, other] = await Promise.all([distinctPhoto(2, 1_200, 800), distinctPhoto(3, 300, 200)])
    const lost = decoder.render(one, () => Promise.reject(new Error('no room')))
    const names: string[] = []
    const rendered = decoder.render(other, async (name) => names.push(name))
    await expect(lost).rejects.toThrow('no room')
    expect(await rendered).toHaveLength(28)
    expect(names.sort()).toEqual(['large', 'original', 'small', 'thumb'])
  })

  const signed = (subject: string) =>
    new SignJWT().setProtectedHeader({ alg: 'ES256' }).setSubject(subject).setExpirationTime('9m').sign(privateKey)

  async function sketchOf(id: string): Promise<Uint8Array> {
    const tallies = connection.db!.collection<{ _id: string; sketch: { buffer: Uint8Array } }>('floor_tallies')
    return (await tallies.findOne({ _id: `/photos/${id}` }))!.sketch.buffer
  }

  async function profileFor(url: string, reader: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${await signed(reader)}` }
    return (await fetch(`${url}/profiles/ansel`, { headers })).json()
  }
})

const posted = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
