import { createHash } from 'node:crypto'
import { BucketMissingError, ObjectStore } from '@mpics/object-store'
import { bucket } from '@mpics/tools/environment/system/environment'
import type { System } from '@mpics/tools/environment/system/system'

const BUCKETS = ['million-pictures', 'million-pictures-exports', 'million-pictures-lake']

/** The files that a system keeps. */
export class StoredObjects {
  private readonly stores: Map<string, ObjectStore>

  constructor({ prefix, stack }: Pick<System, 'stack' | 'prefix'>) {
    const access = { endpoint: stack.s3Endpoint, accessKey: stack.s3AccessKey, secretKey: stack.s3SecretKey }
    const named = BUCKETS.map((name) => bucket({ prefix }, name))
    const storeOf = (name: string) =>
      new ObjectStore({ ...access, service: 'media', region: 'us-east-1', bucket: name })
    this.stores = new Map(named.map((name) => [name, storeOf(name)]))
  }

  /** `bucket/key` of each. The exports have no bucket before the first of them. */
  async names(): Promise<string[]> {
    const found: string[] = []
    for (const [bucket, store] of this.stores)
      for (const key of await keysOf(store).catch(ifNoBucket)) found.push(`${bucket}/${key}`)
    return found
  }

  async bytesOf(name: string): Promise<Buffer> {
    const [bucket, ...key] = name.split('/')
    const chunks: Buffer[] = []
    for await (const chunk of await this.stores.get(bucket!)!.open(key.join('/'))) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  }

  async hashOf(name: string): Promise<string> {
    return createHash('sha256')
      .update(await this.bytesOf(name))
      .digest('hex')
  }
}

async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.keysUnder('')) keys.push(key)
  return keys
}

function ifNoBucket(error: unknown): string[] {
  if (error instanceof BucketMissingError) return []
  throw error
}
