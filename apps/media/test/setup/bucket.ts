import { randomUUID } from 'node:crypto'
import { connectS3 } from '@mpics/object-store'
import { servers } from '@mpics/testing'
import { MediaConfig } from '../../src/config.js'
import { photoStoreAccess } from '../../src/storage/photo-store.js'

/** A bucket for one test file, looked into behind the service's back. */
export class TestBucket {
  readonly name = `test-media-${randomUUID()}`
  readonly environment = {
    MEDIA_S3_ENDPOINT: servers().s3Endpoint,
    MEDIA_S3_REGION: servers().s3Region,
    MEDIA_S3_ACCESS_KEY: servers().s3AccessKey,
    MEDIA_S3_SECRET_KEY: servers().s3SecretKey,
    MEDIA_S3_BUCKET: this.name,
  }
  readonly config = this.environment as unknown as MediaConfig
  private readonly connected = connectS3(photoStoreAccess(this.config), { sockets: 64, silentMs: 15_000 })

  async keys(prefix = ''): Promise<string[]> {
    const [client, keys] = [await this.connected, [] as string[]]
    for await (const { name } of client.listObjectsV2(this.name, prefix, true) as AsyncIterable<{ name: string }>)
      keys.push(name)
    return keys.sort()
  }

  async unfinished(): Promise<string[]> {
    const [client, keys] = [await this.connected, [] as string[]]
    for await (const { key } of client.listIncompleteUploads(this.name, '', true) as AsyncIterable<{
      key: string
    }>)
      keys.push(key)
    return keys
  }

  async put(key: string, bytes: Buffer): Promise<void> {
    await (await this.connected).putObject(this.name, key, bytes)
  }

  async begin(key: string): Promise<void> {
    await (await this.connected).initiateNewMultipartUpload(this.name, key, {})
  }

  /** Changes when an object is written again, even with the same bytes. */
  async writtenAt(key: string): Promise<number> {
    return (await (await this.connected).statObject(this.name, key)).lastModified.getTime()
  }

  async etag(key: string): Promise<string> {
    return (await (await this.connected).statObject(this.name, key)).etag
  }

  async drop(): Promise<void> {
    const client = await this.connected
    await client.removeObjects(this.name, await this.keys())
    await client.removeBucket(this.name)
  }
}
