import { randomBytes, randomUUID } from 'node:crypto'
import { closeMongo, connectMongo } from '@mpics/mongo'
import { uuidv7 } from 'uuidv7'
import { databaseUri } from '../../environment/system/environment.js'
import type { System } from '../../environment/system/system.js'
import type { BareS3 } from '../references/bare-s3.js'

const AT_ONCE = 8

interface StoredPhoto {
  _id: string
  ownerId: string
  [field: string]: unknown
}

/** Photos of one owner as media stores them, made past its uploads: those would take an hour. */
export class ManyPhotos {
  private constructor(
    private readonly connection: Awaited<ReturnType<typeof connectMongo>>,
    readonly bucket: string,
    readonly keys: readonly string[],
  ) {}

  /** Like one that was uploaded, `count` times, each with an original of so many bytes of its own. */
  static async of(system: System, s3: BareS3, like: string, { count, bytes }: { count: number; bytes: number }) {
    const connection = await connectMongo(databaseUri(system.stack.mongodbUri, `${system.prefix}media`))
    const photos = connection.db!.collection<StoredPhoto>('photos')
    const model = (await photos.findOne({ _id: like }))!
    const ids = Array.from({ length: count }, () => uuidv7())
    const bucket = system.services.media.env['MEDIA_S3_BUCKET']!
    const keys = ids.map((id) => `photos/${id}/1/original`)
    const content = randomBytes(bytes)
    await photos.insertMany(ids.map((_id) => ({ ...model, _id, title: `Bench ${randomUUID()}` })))
    await photos.deleteOne({ _id: like })
    for (let at = 0; at < count; at += AT_ONCE)
      await Promise.all(keys.slice(at, at + AT_ONCE).map((key, i) => s3.put(bucket, key, marked(content, at + i))))
    return new ManyPhotos(connection, bucket, keys)
  }

  /** An account may ask for few exports a day, so that each round has another owner. */
  async belongTo(ownerId: string): Promise<void> {
    await this.connection.db!.collection<StoredPhoto>('photos').updateMany({}, { $set: { ownerId } })
  }

  close(): Promise<void> {
    return closeMongo(this.connection)
  }
}

function marked(content: Buffer, n: number): Buffer {
  const own = Buffer.from(content)
  own.writeUInt32BE(n, 16)
  return own
}
