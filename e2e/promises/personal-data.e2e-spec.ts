import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Access, identity, profiles } from '@mpics/contracts'
import { publicApis, topics } from '@mpics/contracts/catalogue'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { root } from '@mpics/tools/environment/root'
import { readTopic } from '@mpics/tools/tour/kcat'
import { Narrator } from '@mpics/tools/tour/narrator'
import { Tour, type TourResult } from '@mpics/tools/tour/tour'
import { filled } from '../driver/filled.js'
import { p95ByRoute } from '../driver/percentiles.js'
import { logFolder, logsIn, metricsOf, parts, sharedSystem } from '../driver/system.js'

/** Everything in the databases of one system, as text by database. */
async function dump(uri: string, prefix: string): Promise<Map<string, string>> {
  const connection = await connectMongo(uri)
  const found = new Map<string, string>()
  try {
    const { databases } = await connection.db!.admin().listDatabases({ nameOnly: true })
    for (const { name } of databases.filter((d) => d.name.startsWith(prefix))) {
      const db = connection.getClient().db(name)
      const collections = await db.listCollections().toArray()
      const documents = await Promise.all(collections.map((c) => db.collection(c.name).find().toArray()))
      found.set(name, JSON.stringify(documents).toLowerCase())
    }
  } finally {
    await closeMongo(connection)
  }
  return found
}

const isForStaff = (access: Access): boolean => typeof access === 'object' && 'roles' in access

describe('where personal data is, and where it is not', () => {
  const running = sharedSystem()
  let people: TourResult
  let passwords: string[]
  let addresses: string[]

  beforeAll(async () => {
    people = await new Tour({ ...parts(running), narrator: new Narrator(() => undefined) }).run()
    const all = [people.photographer, ...people.followers].map((m) => m.person)
    passwords = all.map((p) => p.password)
    addresses = all.map((p) => p.email)
  })

  const storesOf = () => dump(running.system.stack.mongodbUri, running.system.prefix.replace(/[^A-Za-z0-9_-]/g, '_'))
  const textOf = async (topic: string) => {
    const { kafkaBrokers, kafkaPrefix } = parts(running)
    return JSON.stringify(await readTopic(kafkaBrokers, `${kafkaPrefix}${topic}`)).toLowerCase()
  }
  const logs = async () =>
    [...(await logsIn(logFolder(running)))].map(([file, text]) => [file, text.toLowerCase()] as const)

  const hashes = (value: string) => ['md5', 'sha1', 'sha256'].map((a) => createHash(a).update(value).digest('hex'))

  it('B21.2 B48.2 no topic holds an address, its hashes, or a password', async () => {
    for (const { name } of topics) {
      const text = await textOf(name)
      for (const value of [...passwords, ...addresses.flatMap((a) => [a, ...hashes(a)])])
        expect({ name, holds: text.includes(value) }).toEqual({ name, holds: false })
    }
  })

  it('B48.1 no store holds a password; addresses are in identity alone', async () => {
    const stores = await storesOf()
    expect(stores.size).toBe(5)
    for (const [name, text] of stores) {
      for (const password of passwords) expect({ name, holds: text.includes(password) }).toEqual({ name, holds: false })
      if (!name.endsWith('identity'))
        for (const address of addresses) expect({ name, holds: text.includes(address) }).toEqual({ name, holds: false })
    }
  })

  it('B05.2 B48.3 logs tell of routes, and of no address, name, handle, password or token', async () => {
    const secrets = [people.photographer, ...people.followers].flatMap((m) => [
      ...Object.values(m.person),
      m.accessToken,
    ])
    for (const [file, text] of await logs())
      for (const secret of secrets)
        expect({ file, holds: text.includes(secret.toLowerCase()) }).toEqual({ file, holds: false })
    expect(new Map(await logs()).get('identity.log')).toMatch(/"route":"[^"]*sessions/)
  })

  it('B05.1 the time that 95 of 100 requests took can be read for each route', async () => {
    const read = p95ByRoute(await metricsOf(running, 'gateway'))
    for (const { path } of [identity.logIn, identity.registerAccount, profiles.followProfile]) {
      const route = [...read.keys()].find(
        (key) => key.replaceAll(/:\w+|\{\w+\}/g, '*') === path.replaceAll(/\{\w+\}/g, '*'),
      )
      expect({ path, seconds: read.get(route ?? '') }).toEqual({ path, seconds: expect.any(Number) })
    }
  })

  it('B31.1 no store holds a browser id beside an account', async () => {
    const stores = await storesOf()
    const records = await readTopic(parts(running).kafkaBrokers, `${running.system.prefix}traffic.page-view`)
    const browsers = new Set(
      records
        .map((r) => (JSON.parse(r.payload ?? '{}') as { browserId?: string }).browserId)
        .filter((b): b is string => Boolean(b)),
    )
    expect(browsers.size).toBeGreaterThanOrEqual(3)
    for (const [name, text] of stores)
      for (const browser of browsers)
        expect({ name, holds: text.includes(browser.toLowerCase()) }).toEqual({ name, holds: false })
    for (const r of records) expect(Object.keys(r.headers)).not.toContain('traceparent')
  })

  it('B21.1 no call and no page shows another member’s address', async () => {
    const viewer = people.followers[0]!
    const of = { id: people.photoId, handle: people.photographer.person.handle }
    const others = addresses.filter((address) => address !== viewer.person.email)
    const calls = publicApis.filter(({ method }) => method === 'GET').map(({ path }) => filled(path, of))
    const shown: string[] = []
    for (const path of [...calls, '/', '/explore', `/@${of.handle}`, `/photos/${of.id}`]) {
      const headers = { authorization: `Bearer ${viewer.accessToken}`, accept: 'application/json, text/html' }
      const answer = await fetch(new URL(path, running.system.gatewayUrl), { headers })
      const text = (await answer.text()).toLowerCase()
      for (const value of others.flatMap((a) => [a, ...hashes(a)]))
        expect({ path, holds: text.includes(value) }).toEqual({ path, holds: false })
      if (answer.ok) shown.push(path)
    }
    expect(shown).toEqual(expect.arrayContaining([`/v1/profiles/${of.handle}`, `/v1/photos/${of.id}`, '/v1/me']))
    expect(shown.length).toBeGreaterThan(20)
  })

  it('B34.1 cookies of partners are in no store, no topic and no log', async () => {
    const headers = { cookie: '__gads=ID=CANARYGADS; IDE=CANARYDART', 'content-type': 'application/json' }
    const post = (path: string, body: object) =>
      fetch(new URL(path, running.system.gatewayUrl), { method: 'POST', headers, body: JSON.stringify(body) })
    const { handle: login, password } = people.photographer.person
    const answers = [
      await post('/v1/page-views', { page: '/explore' }),
      await post('/v1/sessions', { login, password, tokenTransport: 'cookie' }),
      await fetch(new URL(`/photos/${people.photoId}`, running.system.gatewayUrl), { headers }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([202, 201, 200])
    const everything = new Map([...(await storesOf()), ...(await logs())])
    for (const { name } of topics) everything.set(name, await textOf(name))
    for (const [name, text] of everything)
      expect({ name, holds: /canary(gads|dart)/.test(text) }).toEqual({ name, holds: false })
  })

  it('B03.2 every call that takes a body refuses a field that it does not know', async () => {
    const bodies = publicApis.filter(({ body }) => body)
    expect(bodies.length).toBeGreaterThan(12)
    for (const { method, path, bodyType, access } of bodies) {
      const form = new FormData()
      form.set('surplus', 'canary')
      form.set('file', new File([await readFile(join(root, 'tools/photographs/coffee.jpg'))], 'coffee.jpg'))
      const body = bodyType ? form : JSON.stringify({ surplus: 'canary' })
      const answer = await people.photographer.api.send({ method, path: filled(path, { id: people.photoId }), body })
      const { errors = [] } = answer.body as { errors?: { path: string; code: string }[] }
      const told = errors.filter((error) => error.path === 'surplus').map(({ code }) => code)
      expect({ method, path, status: answer.status, told }).toEqual({
        method,
        path,
        ...(isForStaff(access) ? { status: 403, told: [] } : { status: 422, told: ['unknown-field'] }),
      })
    }
  })

  it('B41.1 a hidden name is gone from every answer and page', async () => {
    const { person, api } = people.photographer
    const { handle, fullName } = person
    const paths = [
      ...[`/v1/profiles/${handle}`, `/v1/photos/${people.photoId}`, '/v1/explore/photos'],
      ...[
        `/v1/photographers?q=${fullName.split(' ').at(-1)}`,
        `/v1/profiles/${people.followers[0]!.person.handle}/following`,
      ],
      ...[`/@${handle}`, `/photos/${people.photoId}`, '/explore'],
    ]
    const text = async (path: string) => (await fetch(new URL(path, running.system.gatewayUrl))).text()
    const showing = async () => {
      const texts = await Promise.all(paths.map(text))
      return paths.filter((_, i) => texts[i]!.includes(fullName))
    }
    expect((await showing()).length).toBeGreaterThanOrEqual(6)
    const visibility = await api.call(profiles.getMyVisibility, {})
    await api.call(profiles.setMyVisibility, { body: { ...visibility, fullName: 'me' } })
    // with the answer to the wish: the one gateway that runs here has heard of it; others hear by Kafka
    expect(await showing()).toEqual([])
  })

  it('B11.1 who sees a field, and what one’s data is used for, are chosen apart', async () => {
    const { api } = people.photographer
    const consents = async () => (await api.call(identity.getConsents, {})).items
    const visibility = () => api.call(profiles.getMyVisibility, {})
    const [before, shown] = [await consents(), await visibility()]
    await api.call(profiles.setMyVisibility, { body: { ...shown, location: 'me' } })
    expect(await consents()).toEqual(before)
    const hidden = await visibility()
    expect(hidden).toEqual({ ...shown, location: 'me' })
    await people.photographer.consent('email-news')
    expect(await consents()).not.toEqual(before)
    expect(await visibility()).toEqual(hidden)
  })
})
