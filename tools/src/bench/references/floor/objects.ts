import { buffer } from 'node:stream/consumers'
import { Client } from 'minio'
import { Pool } from 'undici'
import type { StackAddresses } from '../../../environment/servers/addresses.js'

const LINK_S = 60

/** A bucket whose requests are signed without their bytes, as they are wherever TLS vouches for these. */
export class Objects {
  private readonly signer: Client
  private readonly pool: Pool

  constructor(
    { s3Endpoint, s3AccessKey, s3SecretKey }: StackAddresses,
    private readonly bucket: string,
  ) {
    const { hostname, port, origin } = new URL(s3Endpoint)
    const [region, pathStyle, useSSL] = ['us-east-1', true, false]
    const keys = { accessKey: s3AccessKey, secretKey: s3SecretKey }
    this.signer = new Client({ endPoint: hostname, port: Number(port), useSSL, region, ...keys, pathStyle })
    this.pool = new Pool(origin, { connections: 32 })
  }

  async prepare(): Promise<void> {
    if (!(await this.signer.bucketExists(this.bucket))) await this.signer.makeBucket(this.bucket)
  }

  async put(key: string, body: Buffer | AsyncIterable<Buffer>, bytes: number): Promise<void> {
    const link = await this.signer.presignedPutObject(this.bucket, key, LINK_S)
    const headers = { 'content-type': 'image/jpeg', 'content-length': String(bytes) }
    const answer = await this.pool.request({ method: 'PUT', path: pathOf(link), headers, body: body as Buffer })
    await answer.body.dump()
    if (answer.statusCode !== 200) throw new Error(`the store answered ${answer.statusCode}`)
  }

  async get(key: string): Promise<Buffer> {
    return buffer(await this.signer.getObject(this.bucket, key))
  }

  async remove(key: string): Promise<void> {
    await this.signer.removeObject(this.bucket, key)
  }
}

const pathOf = (link: string) => link.slice(new URL(link).origin.length)
