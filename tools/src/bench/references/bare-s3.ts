import { buffer } from 'node:stream/consumers'
import { Client } from 'minio'
import type { StackAddresses } from '../../environment/servers/addresses.js'

/** A client of the object store as anybody would write it: it copies one object after the other. */
export class BareS3 {
  private readonly client: Client

  constructor({ s3Endpoint, s3AccessKey, s3SecretKey }: StackAddresses) {
    const { hostname, port } = new URL(s3Endpoint)
    this.client = new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: false,
      region: 'us-east-1',
      accessKey: s3AccessKey,
      secretKey: s3SecretKey,
      pathStyle: true,
    })
  }

  async make(bucket: string): Promise<void> {
    await this.client.makeBucket(bucket, 'us-east-1')
  }

  async put(bucket: string, key: string, bytes: Buffer): Promise<void> {
    await this.client.putObject(bucket, key, bytes, bytes.length, { 'content-type': 'image/jpeg' })
  }

  async get(bucket: string, key: string): Promise<Buffer> {
    return buffer(await this.client.getObject(bucket, key))
  }

  async remove(bucket: string, key: string): Promise<void> {
    await this.client.removeObject(bucket, key)
  }

  async copy(from: string, to: string, keys: readonly string[], bytes: number): Promise<void> {
    for (const key of keys) await this.client.putObject(to, key, await this.client.getObject(from, key), bytes)
  }
}
