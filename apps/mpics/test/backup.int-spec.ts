import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Connection, connectMongo, DatabaseSnapshot } from '@mpics/mongo'
import { ObjectStore } from '@mpics/object-store'
import { runNode } from '@mpics/testing'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { KEEPERS } from '../src/services.js'

const run = randomUUID().slice(0, 8)
const servers = process.env as Record<string, string>

const databaseUri = (service: string) => {
  const uri = new URL(servers['MONGODB_URI']!)
  uri.pathname = `/backup-${run}-${service}`
  return uri.href
}
const store = (prefix: string, bucket: string) => ({
  [`${prefix}_ENDPOINT`]: servers['S3_ENDPOINT']!,
  [`${prefix}_ACCESS_KEY`]: servers['S3_ACCESS_KEY']!,
  [`${prefix}_SECRET_KEY`]: servers['S3_SECRET_KEY']!,
  [`${prefix}_BUCKET`]: bucket,
})
const BUCKET = `backup-${run}`
const environment = {
  KAFKA_BROKERS: servers['KAFKA_BROKERS']!,
  KAFKA_PREFIX: `backup-${run}.`,
  ...Object.fromEntries(KEEPERS.map((service) => [`${service.toUpperCase()}_MONGODB_URI`, databaseUri(service)])),
  ...store('MEDIA_S3', BUCKET),
  ...store('EXPORTS_S3', `backup-${run}-exports`),
  ...store('BACKUP_S3', `backup-${run}-place`),
}

interface Made {
  id: string
}
type Listed = Made & { whole: boolean; encrypted?: boolean; documents?: number; objects?: number }

/** As large as to need several pieces, and several batches. */
const MANY = 3_000

describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-backup-'))
  const place = join(folder, 'place')
  const databases = new Map<string, Connection>()
  const photos = new ObjectStore({
    service: 'test',
    endpoint: servers['S3_ENDPOINT']!,
    region: 'us-east-1',
    accessKey: servers['S3_ACCESS_KEY']!,
    secretKey: servers['S3_SECRET_KEY']!,
    bucket: BUCKET,
  })
  let recipient: string
  const identity = join(folder, 'identity.txt')

  const mpics = (args: string[], env: object = {}) =>
    runNode(join(import.meta.dirname, '../dist/main.js'), args, { ...environment, ...env })
  const backup = async (to = place, env = {}) => mpics(['backup', to, '--recipient', recipient, '--json'], env)
  const idOf = ({ out }: { out: string }) => (JSON.parse(out) as Made).id
  const restore = (id: string, args: string[] = [], env = {}) =>
    mpics(['restore', `${place}/${id}`, '--identity', identity, ...args], env)
  const listed = async (of = place) =>
    JSON.parse((await mpics(['backups', 'list', of, '--json'])).out) as readonly Listed[]
  const collection = (service: string, name: string) =>
    databases.get(service)!.db!.collection<{ _id: string } & Record<string, unknown>>(name)

  async function put(key: string, bytes: Buffer): Promise<void> {
    await photos.putStream(key, Readable.from([bytes]), 'image/jpeg')
  }

  /** Documents as their bytes: a number that came back as another type differs. */
  async function contents(): Promise<Record<string, string>> {
    const found: Record<string, string> = {}
    for (const [service, connection] of databases) {
      const snapshot = await DatabaseSnapshot.open(connection, (name) => name === '_restores')
      for (const name of snapshot.collections) {
        const hash = createHash('sha256')
        for await (const { bytes } of snapshot.pieces(name)) hash.update(bytes)
        found[`${service}.${name}`] = hash.digest('hex')
      }
      await snapshot.close()
    }
    for await (const key of photos.keysUnder('')) {
      const hash = createHash('sha256')
      for await (const chunk of await photos.open(key)) hash.update(chunk as Buffer)
      found[key] = hash.digest('hex')
    }
    return found
  }

  beforeAll(async () => {
    const key = await generateIdentity()
    writeFileSync(identity, `# made for a test\n${key}\n`)
    recipient = await identityToRecipient(key)
    for (const service of KEEPERS) databases.set(service, await connectMongo(databaseUri(service)))
    await photos.prepare()
    await fill()
  })
  afterAll(async () => {
    for (const connection of databases.values()) {
      await connection.dropDatabase()
      await connection.close()
    }
    rmSync(folder, { recursive: true })
  })

  async function fill(): Promise<void> {
    const text = randomBytes(1_500).toString('base64')
    const many = Array.from({ length: MANY }, (_, i) => ({ _id: `p${i}`, text, n: i, at: new Date(i), half: i / 2 }))
    await collection('profiles', 'profiles').insertMany(many)
    await collection('identity', 'accounts').insertOne({ _id: 'ada', email: 'canary@people.example', list: [null, 1n] })
    await collection('identity', 'sessions').insertOne({ _id: 's' })
    await collection('analytics', '_leases').insertOne({ _id: 'l' })
    for (let i = 0; i < 5; i++) await put(`photos/${i}/1/original`, randomBytes(200_000 * i + 1))
    await put('uploads/u', randomBytes(7))
  }

  it('comes back as it was, to the bytes, without what no restored system may find', async () => {
    const before = await contents()
    const made = await backup()
    expect(made).toMatchObject({ code: 0, err: '' })
    const files = readdirSync(join(place, idOf(made)))
    expect(files).toContain('manifest.json')
    for (const file of files) {
      const path = join(place, idOf(made), file)
      expect(readFileSync(path).includes('canary')).toBe(false)
      expect(statSync(path).mode & 0o777).toBe(0o600)
    }
    expect(await restore(idOf(made))).toMatchObject({ code: 1, err: expect.stringContaining('--replace') })
    await collection('profiles', 'profiles').deleteMany({ _id: { $lt: 'p5' } })
    await collection('identity', 'accounts').updateOne({ _id: 'ada' }, { $set: { email: 'another' } })
    await photos.removeUnder('photos/3/')
    await put('photos/later/1/original', randomBytes(7))
    expect(await restore(idOf(made), ['--replace'])).toMatchObject({ code: 0, err: '' })
    const { 'identity.sessions': _s, 'analytics._leases': _l, ...kept } = before
    expect(await contents()).toEqual(kept)
    expect(await listed()).toEqual([
      expect.objectContaining({ id: idOf(made), whole: true, encrypted: true, documents: MANY + 1, objects: 6 }),
    ])
  })

  it('lies in S3 as well, unencrypted only when that is said', async () => {
    const to = `s3://backup-${run}-place/nightly`
    expect(await mpics(['backup', to])).toMatchObject({ code: 2, err: expect.stringContaining('--unencrypted') })
    const made = await mpics(['backup', to, '--unencrypted', '--json'])
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(await listed(to)).toMatchObject([{ id: idOf(made), whole: true, encrypted: false }])
    expect(await mpics(['backups', 'verify', to])).toMatchObject({ code: 0, out: `${idOf(made)} is whole\n` })
    const before = await contents()
    expect(await mpics(['restore', `${to}/${idOf(made)}`, '--replace'])).toMatchObject({ code: 0, err: '' })
    expect(await contents()).toEqual(before)
  })

  it.each(['backup.beforeFile:kill:after2', 'backup.beforeManifest:kill'])(
    'that was killed at %s is none, and the next one is whole',
    async (FAULT) => {
      const before = (await listed()).map(({ id }) => id)
      expect((await backup(place, { FAULT })).code).toBe('SIGKILL')
      const [broken] = (await listed()).filter(({ id }) => !before.includes(id))
      expect(broken).toMatchObject({ whole: false })
      expect(await restore(broken!.id, ['--replace'])).toMatchObject({
        code: 1,
        err: expect.stringContaining('no whole backup'),
      })
      const next = await backup()
      expect((await listed()).find(({ id }) => id === idOf(next))).toMatchObject({ whole: true })
    },
  )

  it('that is damaged, of another key, or without one changes nothing', async () => {
    const id = idOf(await backup())
    const before = await contents()
    const stranger = join(folder, 'stranger.txt')
    writeFileSync(stranger, await generateIdentity())
    expect(await mpics(['restore', `${place}/${id}`, '--replace'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--identity'),
    })
    const foreign = await mpics(['restore', `${place}/${id}`, '--replace', '--identity', stranger])
    expect(foreign).toMatchObject({ code: 1, err: expect.stringContaining('does not open') })
    appendFileSync(join(place, id, 'profiles.tar.gz.age'), 'x')
    expect(await restore(id, ['--replace'])).toMatchObject({ code: 1, err: expect.stringContaining('damaged') })
    rmSync(join(place, id, 'profiles.tar.gz.age'))
    expect(await restore(id, ['--replace'])).toMatchObject({ code: 1, err: expect.stringContaining('missing') })
    expect(await contents()).toEqual(before)
  })

  it('whose restore was killed is repeated, and no service starts on the half of it', async () => {
    const id = idOf(await backup())
    const before = await contents()
    const killed = await restore(id, ['--replace'], { FAULT: 'restore.beforeFile:kill:after3' })
    expect(killed.code).toBe('SIGKILL')
    expect(await collection('media', '_restores').findOne({ restoredAt: { $exists: false } })).not.toBeNull()
    expect(await restore(id)).toMatchObject({ code: 1, err: expect.stringContaining('not empty') })
    expect(await restore(id, ['--replace'])).toMatchObject({ code: 0 })
    expect(await contents()).toEqual(before)
    expect(await collection('media', '_restores').findOne({ restoredAt: { $exists: false } })).toBeNull()
  })

  it('is kept for 28 days at most; what a broken off one left goes after a day', async () => {
    expect(await mpics(['backups', 'prune', place, '--days', '29'])).toMatchObject({ code: 2 })
    const whole = (await listed()).filter(({ whole }) => whole).map(({ id }) => id)
    const ids = readdirSync(place)
    expect(ids.length).toBeGreaterThan(whole.length)
    expect(JSON.parse((await mpics(['backups', 'prune', place, '--json'])).out)).toEqual([])
    const old = '20261001T000000Z-00000a'
    await copied(whole.at(-1)!, old)
    const dry = await mpics(['backups', 'prune', place, '--dry-run', '--json'])
    expect(JSON.parse(dry.out)).toEqual([{ id: old, whole: true }])
    expect(readdirSync(place)).toContain(old)
    expect(JSON.parse((await mpics(['backups', 'prune', place, '--json'])).out)).toEqual([{ id: old, whole: true }])
    expect(readdirSync(place).sort()).toEqual(ids.sort())
  })

  const copied = async (id: string, as: string) => {
    const { cp } = await import('node:fs/promises')
    await cp(join(place, id), join(place, as), { recursive: true })
  }
})
