import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { topics } from '@mpics/contracts/catalogue'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { readTopic } from '@mpics/tools/tour/kcat'
import { Narrator } from '@mpics/tools/tour/narrator'
import { Tour, type TourResult } from '@mpics/tools/tour/tour'
import { logFolder, parts, system } from '../driver/system.js'

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

describe('where personal data is, and where it is not', () => {
  const running = system()
  let people: TourResult
  let passwords: string[]
  let addresses: string[]

  beforeAll(async () => {
    people = await new Tour({ ...parts(running), narrator: new Narrator(() => undefined) }).run()
    const all = [people.photographer, ...people.followers].map((m) => m.person)
    passwords = all.map((p) => p.password)
    addresses = all.map((p) => p.email)
  })

  const hashes = (value: string) => ['md5', 'sha1', 'sha256'].map((a) => createHash(a).update(value).digest('hex'))

  it('B21 B48 no topic holds an address, its hashes, or a password', async () => {
    const { kafkaBrokers, kafkaPrefix } = parts(running)
    for (const { name } of topics) {
      const text = JSON.stringify(await readTopic(kafkaBrokers, `${kafkaPrefix}${name}`)).toLowerCase()
      for (const value of [...passwords, ...addresses.flatMap((a) => [a, ...hashes(a)])])
        expect({ name, holds: text.includes(value) }).toEqual({ name, holds: false })
    }
  })

  it('B48 no store holds a password; addresses are in identity alone', async () => {
    const stores = await dump(running.system.stack.mongodbUri, running.system.prefix.replace(/[^A-Za-z0-9_-]/g, '_'))
    expect(stores.size).toBe(5)
    for (const [name, text] of stores) {
      for (const password of passwords) expect({ name, holds: text.includes(password) }).toEqual({ name, holds: false })
      if (!name.endsWith('identity'))
        for (const address of addresses) expect({ name, holds: text.includes(address) }).toEqual({ name, holds: false })
    }
  })

  it('B05 logs tell of routes and durations, and of no address, name, handle, password or token', async () => {
    const folder = logFolder(running)
    const secrets = [people.photographer, ...people.followers].flatMap((m) => [
      ...Object.values(m.person),
      m.accessToken,
    ])
    for (const file of (await readdir(folder)).filter((f) => f.endsWith('.log'))) {
      const text = (await readFile(`${folder}/${file}`, 'utf8')).toLowerCase()
      for (const secret of secrets)
        expect({ file, holds: text.includes(secret.toLowerCase()) }).toEqual({ file, holds: false })
    }
    expect(await readFile(`${folder}/identity.log`, 'utf8')).toMatch(/"route":"[^"]*sessions/)
  })

  it('B31 no store holds a browser id beside an account', async () => {
    const stores = await dump(running.system.stack.mongodbUri, running.system.prefix.replace(/[^A-Za-z0-9_-]/g, '_'))
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
})
