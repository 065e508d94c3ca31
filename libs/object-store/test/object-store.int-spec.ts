import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { eventually } from '@mpics/testing'
import { ObjectStore } from '../src/object-store.js'
import { SignedObjects } from '../src/signed-objects.js'
import { BucketMissingError, ObjectMissingError, StorageUnavailableError } from '../src/storage.errors.js'

const MIB = 1024 * 1024
const access = (endpoint = process.env['S3_ENDPOINT'] ?? 'http://127.0.0.1:7070') => ({
  service: 'media',
  endpoint,
  region: 'us-east-1',
  accessKey: process.env['S3_ACCESS_KEY'] ?? 'mpics',
  secretKey: process.env['S3_SECRET_KEY'] ?? 'mpics-local-secret',
  bucket: `store-${randomUUID()}`,
})

async function* inChunks(bytes: Buffer, size = 64 * 1024) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function listed<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found = []
  for await (const one of list) found.push(one)
  return found
}

describe('the object store', () => {
  const store = new ObjectStore(access())

  it('makes its bucket, once and again; before it has no lists', async () => {
    await expect(listed(store.keysUnder(''))).rejects.toThrow(BucketMissingError)
    await expect(listed(store.unfinishedUnder(''))).rejects.toThrow(BucketMissingError)
    await store.prepare()
    await store.prepare()
    expect(await listed(store.keysUnder(''))).toEqual([])
  })

  it.each([
    ['less than a part', 1000],
    ['one part', 5 * MIB],
    ['several parts', 11 * MIB + 17],
  ])('keeps %s as it came', async (_, length) => {
    const bytes = randomBytes(length)
    const seen: Buffer[] = []
    const whole = async (all: Buffer) => void seen.push(Buffer.from(all))
    const { etag } = await store.putStream('uploads/a', inChunks(bytes), 'image/jpeg', { whole })
    expect(seen).toEqual(length < 5 * MIB ? [bytes] : [])
    expect(await listed(store.objectsUnder('uploads/a'))).toMatchObject([{ etag, bytes: length }])
    expect((await buffer(await store.open('uploads/a'))).equals(bytes)).toBe(true)
    expect(await store.openSized('uploads/a').then(({ bytes }) => bytes)).toBe(length)
    const middle = await buffer(await store.open('uploads/a', { offset: 10, length: 20 }))
    expect(middle.equals(bytes.subarray(10, 30))).toBe(true)
  })

  it('is read by a signed link, for one object alone', async () => {
    await store.putStream('uploads/b', inChunks(Buffer.from('mine')), 'image/jpeg')
    const [reader, link] = [new SignedObjects('identity'), await store.signed('uploads/b', 60)]
    expect((await buffer(await reader.open(link))).toString()).toBe('mine')
    await expect(reader.open(await store.signed('uploads/never', 60))).rejects.toThrow(ObjectMissingError)
    for (const other of [link.replace('uploads/b', 'uploads/a'), 'http://127.0.0.1:9/x'])
      await expect(reader.open(other)).rejects.toThrow(StorageUnavailableError)
    await store.remove(['uploads/b'])
  })

  it('saves to a file, lists and removes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mpics-store-'))
    await store.putStream('photos/b/1/thumb', inChunks(Buffer.from('thumb')), 'image/jpeg')
    await store.saveTo(join(folder, 'x'), 'photos/b/1/thumb')
    expect(await readFile(join(folder, 'x'), 'utf8')).toBe('thumb')
    await store.putFile('photos/b/1/small', join(folder, 'x'), 'image/jpeg')
    expect((await listed(store.keysUnder('photos/b/'))).sort()).toEqual(['photos/b/1/small', 'photos/b/1/thumb'])
    await store.remove(['photos/b/1/small', 'photos/b/1/thumb', 'photos/b/1/never'])
    expect(await listed(store.keysUnder('photos/b/'))).toEqual([])
    await expect(store.open('photos/b/1/thumb')).rejects.toThrow(ObjectMissingError)
    await rm(folder, { recursive: true })
  })

  it.each([100, 6 * MIB])('leaves nothing of a stream that breaks off after %i bytes', async (length) => {
    const broken = async function* () {
      yield* inChunks(randomBytes(length))
      throw new Error('aborted')
    }
    await expect(store.putStream('uploads/broken', broken(), 'image/jpeg')).rejects.toThrow('aborted')
    expect(await listed(store.keysUnder('uploads/broken'))).toEqual([])
    expect(await listed(store.unfinishedUnder('uploads/broken'))).toEqual([])
  })

  it('stores no link that stands where a file should', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mpics-store-'))
    await symlink('/proc/self/environ', join(folder, 'thumb'))
    await expect(store.putFile('photos/c/1/thumb', join(folder, 'thumb'), 'image/jpeg')).rejects.toThrow('ELOOP')
    await expect(store.putFile('photos/c/1/thumb', folder, 'image/jpeg')).rejects.toThrow('no file')
    expect(await listed(store.keysUnder('photos/c/'))).toEqual([])
    await rm(folder, { recursive: true })
  })

  it('lets people read while it takes no upload, and tells whoever waits in vain', async () => {
    let [held, failed] = [0, 0]
    const slow = createServer((request, response) => {
      if (request.method === 'GET') response.end('here')
      else held += 1
    })
    await new Promise<void>((resolve) => slow.listen(0, resolve))
    const store = new ObjectStore(access(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`))
    const uploads = Array.from({ length: 70 }, (_, n) =>
      store
        .putStream(`uploads/${n}`, inChunks(Buffer.from('x')), 'image/jpeg')
        .catch((error: Error) => (failed++, error)),
    )
    await eventually(() => held >= 64)
    expect((await buffer(await store.open('photos/x'))).toString()).toBe('here')
    expect(failed).toBe(0)
    for (const failure of await Promise.all(uploads)) expect(failure).toBeInstanceOf(StorageUnavailableError)
    slow.closeAllConnections()
    slow.close()
  })

  it('says so when no client can be made, and makes it once it can', async () => {
    let known = false
    const secretKey = () => {
      if (known) return access().secretKey
      throw new Error('not yet')
    }
    const late = new ObjectStore(Object.defineProperty(access(), 'secretKey', { get: secretKey }))
    const asked = () => [
      late.prepare(),
      late.putStream('uploads/a', inChunks(Buffer.from('x')), 'image/jpeg'),
      late.signed('uploads/a', 60),
      listed(late.keysUnder('')),
      listed(late.unfinishedUnder('')),
    ]
    for (const refused of await Promise.allSettled(asked()))
      expect(refused).toMatchObject({ reason: expect.any(StorageUnavailableError) })
    known = true
    await late.prepare()
    await Promise.all(asked())
    expect(await listed(late.keysUnder(''))).toEqual(['uploads/a'])
  })

  it('says so when the store is away, and retries a connection that was just closed', async () => {
    const away = new ObjectStore(access('http://127.0.0.1:9'))
    await expect(away.open('x')).rejects.toThrow(StorageUnavailableError)
    await expect(listed(away.keysUnder('x'))).rejects.toThrow(StorageUnavailableError)
    let calls = 0
    const flaky: Server = createServer((request, response) => {
      if (++calls === 1) return void request.socket.destroy()
      response.end('here')
    })
    await new Promise<void>((resolve) => flaky.listen(0, resolve))
    const store = new ObjectStore(access(`http://127.0.0.1:${(flaky.address() as AddressInfo).port}`))
    expect((await buffer(await store.open('x'))).toString()).toBe('here')
    expect(calls).toBe(2)
    flaky.close()
  })
})
