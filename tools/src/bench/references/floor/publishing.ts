import type { mongo } from 'mongoose'
import { SIZES } from '../bare-sharp.js'
import { Decoder } from './decoder.js'
import type { Objects } from './objects.js'

export interface StoredPhoto {
  _id: string
  status: 'processing' | 'published' | 'rejected'
  placeholder?: string
  /** What nobody was told yet. */
  outbox: string[]
}

/** Of so many photos the bytes stay in hand; further ones are read from the store. */
const IN_HAND = 4
const durable = { writeConcern: { w: 'majority' } } as const

export class Publishing {
  private readonly decoder = new Decoder()
  private readonly underWay = new Map<string, Promise<void>>()
  private inHand = 0

  constructor(
    private readonly photos: mongo.Collection<StoredPhoto>,
    private readonly objects: Objects,
  ) {}

  /** Resolves when a majority knows of a stored upload. */
  async accept(id: string, body: AsyncIterable<Buffer>, bytes: number): Promise<void> {
    if (this.inHand >= IN_HAND) return this.store(id, body, bytes)
    this.inHand++
    const accepted = Promise.withResolvers<void>()
    accepted.promise.catch(() => {})
    let published: Promise<unknown> | undefined
    try {
      const begin = (upload: Buffer) => {
        published = this.begin(id, upload, accepted.promise)
      }
      await this.store(id, gathered(body, begin), bytes)
      accepted.resolve()
    } catch (error) {
      accepted.reject(error)
      throw error
    } finally {
      void Promise.allSettled([published]).then(() => this.inHand--)
    }
  }

  private async store(_id: string, body: AsyncIterable<Buffer>, bytes: number): Promise<void> {
    await this.objects.put(uploadOf(_id), body, bytes)
    await this.photos.insertOne({ _id, status: 'processing', outbox: ['uploaded'] }, durable)
  }

  /** Decoding does not wait until the upload is stored; nothing of it is stored before. */
  private begin(id: string, upload: Buffer, accepted: Promise<void>): Promise<unknown> {
    const published = this.publish(id, upload, accepted)
    this.underWay.set(id, published)
    return Promise.allSettled([published]).then(() => this.underWay.delete(id))
  }

  /** Of an accepted upload; whoever asks again finds that it was published. */
  async finish(id: string): Promise<void> {
    const before = this.underWay.get(id)
    if (before) return before
    const photo = await this.photos.findOne({ _id: id, status: 'processing' }, { projection: { _id: 1 } })
    if (photo) await this.publish(id, await this.objects.get(uploadOf(id)), Promise.resolve())
  }

  private async publish(id: string, upload: Buffer, accepted: Promise<void>): Promise<void> {
    const placeholder = await this.decoder.render(upload, async (name, bytes) => {
      await accepted
      await this.objects.put(objectOf(id, name), bytes, bytes.length)
    })
    await accepted
    if (placeholder === undefined) await this.removeAll(id)
    const status = placeholder === undefined ? 'rejected' : 'published'
    const outcome = { $set: { status, ...(placeholder && { placeholder }) }, $push: { outbox: status } } as const
    await this.photos.updateOne({ _id: id, status: 'processing' }, outcome, durable)
    await this.objects.remove(uploadOf(id))
  }

  /** What is no picture shows only when some of it was stored. */
  private async removeAll(id: string): Promise<void> {
    await Promise.all(['original', ...Object.keys(SIZES)].map((name) => this.objects.remove(objectOf(id, name))))
  }
}

const uploadOf = (id: string) => `uploads/${id}`
const objectOf = (id: string, name: string) => `photos/${id}/${name}`

/** Passes bytes on, and hands all of them over with the last one. */
async function* gathered(body: AsyncIterable<Buffer>, all: (bytes: Buffer) => void): AsyncGenerator<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body) {
    chunks.push(chunk)
    yield chunk
  }
  all(Buffer.concat(chunks))
}
