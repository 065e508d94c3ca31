import { constants, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Logger } from '@nestjs/common'
import type { Client } from 'minio'
import { assertEndpoint } from './endpoint.js'
import { type Fill, fillFromChunks, fillFromFile } from './fill.js'
import { PART_BYTES, PartBuffers } from './part-buffers.js'
import { putInParts } from './put-in-parts.js'
import { connectS3, type ObjectStoreAccess, type S3Limits } from './s3-client.js'
import { BucketMissingError, ObjectMissingError, StorageUnavailableError } from './storage.errors.js'

interface Target {
  key: string
  contentType: string
  by: Kind
  parts?: Parts
  whole?: (bytes: Buffer) => Promise<void>
}

/** How a long stream is cut; S3 takes 10,000 parts of 5 MiB or more. */
export interface Parts {
  bytes: number
  /** Parts on their way while the next one is filled. */
  atOnce: number
}

export interface StreamOptions {
  parts?: Parts
  /** Is called once, when all has come and fits in one part, and may read the bytes until it resolves; it never rejects. */
  whole?: (bytes: Buffer) => Promise<void>
}

export interface Range {
  offset: number
  length: number
}

export interface ObjectFacts extends StoredObject {
  key: string
  bytes: number
  modifiedAt: Date
}

/** The store's name of a content, as it answers a write and lists it: what was overwritten has another one. */
export interface StoredObject {
  etag: string
}

export interface UnfinishedUpload {
  key: string
  uploadId: string
  begunAt: Date
}

/** One pool for each kind of work: a store that is slow to take uploads, or readers who are slow to read, stop nobody else. */
const POOLS = {
  reading: { sockets: 256, silentMs: 15_000 },
  uploading: { sockets: 64, silentMs: 15_000 },
  rendering: { sockets: 32, silentMs: 15_000 },
  tidying: { sockets: 16, silentMs: 15_000 },
} satisfies Record<string, S3Limits>
type Kind = keyof typeof POOLS

/** A file that a decoding process left may be something else: a link, say, to what it cannot read itself. */
const PLAIN_FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** One bucket. Every failure is a StorageUnavailableError; a missing object and a missing bucket have classes of their own. */
export class ObjectStore {
  private readonly logger = new Logger('ObjectStore')
  private readonly clients = new Map<Kind, Promise<Client>>()
  private readonly bucket: string
  private readonly buffers = new PartBuffers()

  constructor(private readonly access: ObjectStoreAccess) {
    assertEndpoint(access.endpoint)
    this.bucket = access.bucket
  }

  /** Makes the bucket where it is missing; a readiness check calls it again and again. */
  async prepare(): Promise<void> {
    if (await this.ask('tidying', '', (client) => client.bucketExists(this.bucket))) return
    await this.ask('tidying', '', (client) => client.makeBucket(this.bucket, this.access.region)).catch(ifOthersMadeIt)
  }

  /**
   * Holds no more than one part, unless `parts` says so. minio's own stream upload waits for ever when its source breaks off.
   */
  putStream(
    key: string,
    chunks: AsyncIterable<Buffer>,
    contentType: string,
    options: StreamOptions = {},
  ): Promise<StoredObject> {
    return this.putAll({ key, contentType, by: 'uploading', ...options }, fillFromChunks(chunks))
  }

  async putFile(key: string, path: string, contentType: string): Promise<void> {
    const file = await open(path, PLAIN_FILE)
    try {
      if (!(await file.stat()).isFile()) throw new Error('what should be a rendition is no file')
      await this.putAll({ key, contentType, by: 'rendering' }, fillFromFile(file))
    } finally {
      await file.close()
    }
  }

  async saveTo(path: string, key: string): Promise<void> {
    const bytes = await this.ask('rendering', key, (client) => client.getObject(this.bucket, key))
    await pipeline(bytes, createWriteStream(path)).catch((error: unknown) => {
      throw new StorageUnavailableError(this.access.service, error)
    })
  }

  open(key: string, range?: Range): Promise<Readable> {
    return this.ask('reading', key, (client) =>
      range
        ? client.getPartialObject(this.bucket, key, range.offset, range.length)
        : client.getObject(this.bucket, key),
    )
  }

  /** A whole object and its size. */
  async openSized(key: string): Promise<{ bytes: number; content: Readable }> {
    const content = await this.open(key)
    return { bytes: Number((content as IncomingMessage).headers['content-length']), content }
  }

  /** A link that reads one object, for whoever has it; at most seven days, by the protocol. Asks the store nothing. */
  signed(key: string, seconds: number): Promise<string> {
    return this.ask('tidying', key, (client) => client.presignedGetObject(this.bucket, key, seconds))
  }

  /** Safe to repeat: a missing object is no error. */
  async remove(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return
    const refusals = await this.ask('tidying', keys.join(), (client) => client.removeObjects(this.bucket, [...keys]))
    if (refusals.some(Boolean)) throw new StorageUnavailableError(this.access.service, refusals)
  }

  async removeUnder(prefix: string): Promise<void> {
    const keys: string[] = []
    for await (const key of this.keysUnder(prefix)) keys.push(key)
    await this.remove(keys)
  }

  async *keysUnder(prefix: string): AsyncGenerator<string> {
    for await (const { key } of this.objectsUnder(prefix)) yield key
  }

  async *objectsUnder(prefix: string): AsyncGenerator<ObjectFacts> {
    try {
      const client = await this.client('tidying')
      for await (const found of client.listObjectsV2(this.bucket, prefix, true) as AsyncIterable<Listed>)
        yield { key: found.name, bytes: found.size, modifiedAt: found.lastModified, etag: bare(found.etag) }
    } catch (error) {
      throw this.translated(prefix, error)
    }
  }

  /** Multipart uploads that nobody completed or aborted. */
  async *unfinishedUnder(prefix: string): AsyncGenerator<UnfinishedUpload> {
    try {
      const client = await this.client('tidying')
      const found = client.listIncompleteUploads(this.bucket, prefix, true)
      for await (const { key, uploadId, initiated } of found as AsyncIterable<ListedUpload>)
        yield { key, uploadId, begunAt: initiated }
    } catch (error) {
      throw this.translated(prefix, error)
    }
  }

  async giveUp({ key, uploadId }: Omit<UnfinishedUpload, 'begunAt'>): Promise<void> {
    await this.ask('tidying', key, (client) => client.abortMultipartUpload(this.bucket, key, uploadId))
  }

  private putAll(target: Target, fill: Fill): Promise<StoredObject> {
    return this.buffers.lend(target.parts?.bytes ?? PART_BYTES, async (buffer) => {
      const filled = await fill(buffer)
      if (filled < buffer.length) return this.putWhole(target, buffer.subarray(0, filled))
      return this.putParts(target, buffer, fill)
    })
  }

  private async putWhole(target: Target, bytes: Buffer): Promise<StoredObject> {
    const seen = target.whole?.(bytes)
    try {
      return await this.put(target, bytes)
    } finally {
      await seen
    }
  }

  private put({ key, contentType, by }: Target, bytes: Buffer): Promise<StoredObject> {
    return this.ask(by, key, async (client) => {
      const to = { method: 'PUT', bucketName: this.bucket, objectName: key, headers: { 'content-type': contentType } }
      const { headers } = await client.makeRequestAsyncOmit(to, bytes)
      return { etag: bare(headers.etag) }
    })
  }

  private async putParts(target: Target, buffer: Buffer, fill: Fill): Promise<StoredObject> {
    const { key, contentType, by } = target
    const headers = { 'content-type': contentType }
    const uploadId = await this.ask(by, key, (client) => client.initiateNewMultipartUpload(this.bucket, key, headers))
    const putPart = (partNumber: number, bytes: Buffer) => {
      const part = { bucketName: this.bucket, objectName: key, uploadID: uploadId, partNumber, headers: {} }
      return this.ask(by, key, (client) => client.uploadPart(part, bytes))
    }
    try {
      const etags = await putInParts(putPart, { first: buffer, fill, atOnce: target.parts?.atOnce ?? 1 })
      const { etag } = await this.ask(by, key, (client) =>
        client.completeMultipartUpload(this.bucket, key, uploadId, etags),
      )
      return { etag: bare(etag) }
    } catch (error) {
      await this.giveUp({ key, uploadId }).catch((err: unknown) => this.logger.warn({ err }, 'left to the sweeper'))
      throw error
    }
  }

  /** Repeats a call once when the store had just closed its connection; all calls are safe to repeat. */
  private async ask<T>(kind: Kind, key: string, call: (client: Client) => Promise<T>): Promise<T> {
    try {
      const client = await this.client(kind)
      return await call(client).catch((error: unknown) => {
        if (isClosedConnection(error)) return call(client)
        throw error
      })
    } catch (error) {
      throw this.translated(key, error)
    }
  }

  private client(kind: Kind): Promise<Client> {
    const known = this.clients.get(kind)
    if (known) return known
    const made = connectS3(this.access, POOLS[kind])
    this.clients.set(kind, made)
    made.catch(() => this.clients.delete(kind))
    return made
  }

  private translated(key: string, error: unknown): Error {
    if (['NoSuchKey', 'NotFound'].includes(codeOf(error))) return new ObjectMissingError(this.access.service, key)
    if (codeOf(error) === 'NoSuchBucket') return new BucketMissingError(this.access.service, error)
    return new StorageUnavailableError(this.access.service, error)
  }
}

interface Listed {
  name: string
  size: number
  lastModified: Date
  etag: string
}

interface ListedUpload {
  key: string
  uploadId: string
  initiated: Date
}

const bare = (etag = '') => etag.replaceAll('"', '')

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code ?? ''
const isClosedConnection = (error: unknown) => ['ECONNRESET', 'EPIPE'].includes(codeOf(error))

function ifOthersMadeIt(error: unknown): void {
  const { cause } = error as StorageUnavailableError
  if (!['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes(codeOf(cause))) throw error
}
