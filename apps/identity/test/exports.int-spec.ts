import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analytics, identity, media, notifications, profiles } from '@mpics/contracts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { PersonalData } from '@mpics/mongo'
import { ObjectMissingError } from '@mpics/object-store'
import { encodePart, ExportStore, Measured, partsOf } from '@mpics/rights'
import { Ids, Rounds } from '@mpics/service-kit'
import { eraseAll, eventually } from '@mpics/testing'
import { IdentityConfig } from '../src/config.js'
import { EndExports } from '../src/exports/end-exports.js'
import { ExportObjects } from '../src/exports/export-objects.js'
import { ExportRepository } from '../src/exports/export.repository.js'
import { PrepareBucket } from '../src/exports/prepare-bucket.js'
import type { Caller } from './setup/caller.js'
import { logIn, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

const others = { profiles, media, notifications, analytics } as const
type Other = keyof typeof others
const NAMES = ['photos/1-👩‍👩‍👧‍👦 日本.jpg', 'photos/2-Ünïcode.png', `photos/3-${'x'.repeat(120)}.jpg`]

async function* listed<T>(all: readonly T[]) {
  yield* all
}
const unusedBucket = () => `test-exports-${new Ids().next()}`
const once = (bytes: Buffer) => listed([bytes])

async function* files(names: readonly string[], size: number) {
  for (const name of names) {
    const content = (async function* () {
      yield Buffer.alloc(size, name)
    })()
    yield { name, modifiedAt: '2026-01-31T12:00:00.000Z', text: false, content }
  }
}

describe('an export', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    harness = await ServiceHarness.open({ EXPORTS_S3_BUCKET: unusedBucket() })
  })
  afterAll(() => harness.close())

  async function proven() {
    const person = await verified(harness)
    const { body } = await logIn(harness, person)
    return { person, me: harness.as(person.id, body.sessionId as string) }
  }

  async function request(me: Caller): Promise<string> {
    const { status, body } = await me.post('/v1/me/exports')
    expect(status).toBe(202)
    return body.id as string
  }

  /** Plays the other services. */
  async function answer(exportId: string, service: Other, size = 1000): Promise<string> {
    const objectKey = partsOf(service, exportId) + new Ids().next()
    const part = new Measured(encodePart(files(service === 'media' ? NAMES : [`${service}/x.json`], size), new Date()))
    await harness.get(ExportStore).putStream(objectKey, part, 'application/octet-stream')
    const { exportPartReady } = others[service] as typeof media
    await harness.service.publish(exportPartReady.of({ exportId, objectKey, sha256: part.sha256, bytes: part.bytes }))
    return objectKey
  }

  const fetched = (of: string, path: string, headers: Record<string, string> = {}) =>
    harness.service
      .as(of)
      .get(path)
      .set(headers)
      .buffer(true)
      .parse(bytesOf as never)

  const keysOf = async (exportId: string) => {
    const keys: string[] = []
    for await (const key of harness.get(ExportObjects).keys(exportId)) keys.push(key)
    return keys
  }

  async function ready(size?: number) {
    const { person, me } = await proven()
    const id = await request(me)
    for (const service of Object.keys(others) as Other[]) await answer(id, service, size)
    await eventually(async () => (await me.get(`/v1/me/exports/${id}`)).body.status === 'ready')
    return { id, me, person }
  }

  it('has its bucket made when it is asked for, or soon after by any replica, also in another store; without one it has no objects', async () => {
    const isThere = (store: ExportStore) =>
      store.open('nothing').then(
        () => true,
        (error: unknown) => error instanceof ObjectMissingError,
      )
    expect(await isThere(harness.get(ExportStore))).toBe(false)
    const id = await request((await proven()).me)
    expect(await isThere(harness.get(ExportStore))).toBe(true)
    await harness.collection('exports').updateOne({ _id: id }, { $set: { open: false, status: 'ready' } })
    const config = Object.create(harness.get(IdentityConfig), { EXPORTS_S3_BUCKET: { value: unusedBucket() } })
    const store = new ExportStore('identity', config as IdentityConfig)
    expect(await new ExportObjects(store).remove(id)).toBe(0)
    expect(await isThere(store)).toBe(false)
    new PrepareBucket(harness.get(ExportRepository), store, harness.get(Rounds)).onApplicationBootstrap()
    await eventually(() => isThere(store))
  })

  it('is one zip that unzip and Python open, with a manifest of the hashes of its files', async () => {
    const { id, me, person } = await ready()
    const { body: told } = await me.get(`/v1/me/exports/${id}`)
    const { body, headers } = await fetched(person.id, told.url as string)
    const zip = body as Buffer
    expect([zip.length, createHash('sha256').update(zip).digest('hex')]).toEqual([told.bytes, told.sha256])
    expect(headers['etag']).toBe(`"${told.sha256 as string}"`)
    const path = join(await mkdtemp(join(tmpdir(), 'mpics-export-')), 'x.zip')
    await writeFile(path, zip)
    expect(execFileSync('unzip', ['-tq', path]).toString()).toContain('No errors detected')
    const found = JSON.parse(execFileSync('python3', ['-c', LISTED, path]).toString()) as Record<string, string>
    const manifest = JSON.parse(execFileSync('unzip', ['-p', path, 'manifest.json']).toString())
    const { 'manifest.json': _itself, ...rest } = found
    expect(rest).toEqual(
      Object.fromEntries(manifest.files.map((f: Record<string, string>) => [f['name'], f['sha256']])),
    )
    expect(Object.keys(found)).toEqual(expect.arrayContaining([...NAMES, 'README.txt', 'identity/accounts.json']))
    expect(manifest).toMatchObject({ account: person.id, privacyPolicy: expect.any(String), missing: [] })
    const account = JSON.parse(execFileSync('unzip', ['-p', path, 'identity/accounts.json']).toString())
    expect(account).toMatchObject({
      records: [{ handle: person.handle, email: person.email }],
      fields: { handle: { classification: 'personal', purpose: 'account' } },
    })
    expect((await harness.told(identity.exportCompleted, id)).map(({ data }) => data)).toEqual([
      { accountId: person.id, exportId: id },
    ])
    expect(await keysOf(id)).toHaveLength(1)
  })

  it('gives ranges of the file to its owner, and nothing to anybody else', async () => {
    const { id, person } = await ready()
    const path = `/v1/me/exports/${id}/file`
    const range = await fetched(person.id, path, { range: 'bytes=0-3' })
    expect([range.status, (range.body as Buffer).toString('latin1')]).toEqual([206, 'PK\u0003\u0004'])
    const { etag } = range.headers as Record<string, string>
    expect((await fetched(person.id, path, { 'if-none-match': etag! })).status).toBe(304)
    expect((await fetched(person.id, path, { range: 'bytes=99999999-' })).status).toBe(416)
    const other = (await proven()).me
    for (const address of [path, `/v1/me/exports/${id}`])
      expect((await other.get(address)).body.code).toBe('identity.export-not-found')
  })

  it('is the same one while it is made, however often it is asked for; five a day', async () => {
    const { person, me } = await proven()
    const [first, ...more] = await Promise.all(Array.from({ length: 4 }, () => request(me)))
    expect(new Set(more)).toEqual(new Set([first]))
    expect((await me.get(`/v1/me/exports/${first!}/file`)).body.code).toBe('identity.export-not-ready')
    await harness.collection('exports').updateOne({ _id: first! }, { $set: { open: false } })
    for (let n = 1; n < 5; n++) {
      const id = await request(me)
      await harness.collection('exports').updateOne({ _id: id }, { $set: { open: false } })
    }
    const refused = await me.post('/v1/me/exports')
    expect([refused.status, refused.body.code]).toEqual([429, 'identity.too-many-exports'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(80_000)
    expect(await harness.collection('exports').countDocuments({ accountId: person.id })).toBe(5)
  })

  it('needs a fresh proof', async () => {
    const { me } = await proven()
    harness.pass(11 * MINUTE_MS)
    expect((await me.post('/v1/me/exports')).body.code).toBe('identity.proof-needed')
  })

  it('waits for a service that is away, and says for which', async () => {
    const { me } = await proven()
    const id = await request(me)
    for (const service of ['profiles', 'notifications', 'analytics'] as const) await answer(id, service)
    const told = async () => (await me.get(`/v1/me/exports/${id}`)).body
    await eventually(async () => (await told()).progress === 40)
    harness.pass(HOUR_MS)
    expect(await told()).toMatchObject({ status: 'gathering', waitingFor: ['media'] })
    await answer(id, 'media')
    await eventually(async () => (await told()).status === 'ready')
  })

  it('of many parts of an object is joined whole', async () => {
    const { id, person } = await ready(9_000_000)
    const { body } = await fetched(person.id, `/v1/me/exports/${id}/file`)
    expect((body as Buffer).length).toBeGreaterThan(27_000_000)
  })

  it('reads linked files where they lie or were moved to, and names those that went meanwhile', async () => {
    const { person, me } = await proven()
    const id = await request(me)
    const store = harness.get(ExportStore)
    const key = `${partsOf('media', id)}original`
    await store.putStream(key, once(Buffer.from('a picture')), 'image/jpeg')
    const link = async (name: string, ...places: string[]) => ({
      ...{ name, modifiedAt: '2026-01-31T12:00:00.000Z', bytes: 9 },
      links: await Promise.all(places.map((at) => store.signed(at, 60))),
    })
    const linked = [
      await link('photos/here.jpg', key),
      await link('photos/moved.avif', `${key}-gone`, key),
      await link('photos/gone.jpg', `${key}-gone`),
    ]
    const part = new Measured(encodePart(listed(linked), new Date()))
    await store.putStream(`${key}.part`, part, 'application/octet-stream')
    const { sha256, bytes } = part
    const stated = { exportId: id, objectKey: `${key}.part`, sha256, bytes }
    await harness.service.publish(media.exportPartReady.of(stated))
    for (const service of ['profiles', 'notifications', 'analytics'] as const) await answer(id, service)
    await eventually(async () => (await me.get(`/v1/me/exports/${id}`)).body.status === 'ready')
    const path = join(await mkdtemp(join(tmpdir(), 'mpics-export-')), 'x.zip')
    await writeFile(path, (await fetched(person.id, `/v1/me/exports/${id}/file`)).body as Buffer)
    // it was processed meanwhile: the upload's name would say that it is something else
    for (const name of ['here', 'moved'])
      expect(execFileSync('unzip', ['-p', path, `photos/${name}.jpg`]).toString()).toBe('a picture')
    const manifest = JSON.parse(execFileSync('unzip', ['-p', path, 'manifest.json']).toString())
    expect(manifest.missing).toEqual([{ name: 'photos/gone.jpg', why: expect.any(String) }])
  })

  it('ends with the account; a part that comes later is removed', async () => {
    const { person, me } = await proven()
    const id = await request(me)
    await answer(id, 'profiles')
    await eventually(async () => (await me.get(`/v1/me/exports/${id}`)).body.progress === 20)
    expect(await keysOf(id)).toHaveLength(2)
    await harness.service.untilIdle()
    await eraseAll(harness.get(PersonalData), person.id)
    expect(await keysOf(id)).toEqual([])
    await answer(id, 'media')
    await harness.service.untilIdle()
    expect(await keysOf(id)).toEqual([])
    expect(await harness.collection('exports').findOne({ _id: id })).toBeNull()
  })

  it('is gone after seven days, with its file', async () => {
    const { id, me } = await ready()
    await harness.service.untilIdle()
    harness.pass(7 * DAY_MS)
    expect((await me.get(`/v1/me/exports/${id}`)).body.code).toBe('identity.export-not-found')
    await eventually(async () => (await harness.get(EndExports).execute(), (await keysOf(id)).length === 0))
    expect(await harness.collection('exports').findOne({ _id: id })).toBeNull()
  })
})

const LISTED = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps({i.filename: hashlib.sha256(z.read(i)).hexdigest() for i in z.infolist()}))
`

function bytesOf(response: NodeJS.ReadableStream, done: (error: Error | null, bytes: Buffer) => void): void {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('end', () => done(null, Buffer.concat(chunks)))
}
