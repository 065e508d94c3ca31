import type { Readable } from 'node:stream'
import type { ObjectStore } from '@mpics/object-store'
import type { Bytes, Place } from './place.js'

/** S3 takes 10,000 parts of an object. */
const PARTS = { bytes: 16 * 1024 * 1024, atOnce: 2 }

/** S3 shows no object before all of it is there. */
export class StorePlace implements Place {
  constructor(
    private readonly store: ObjectStore,
    private readonly prefix: string,
  ) {}

  async write(name: string, bytes: Bytes): Promise<void> {
    await this.store.putStream(this.prefix + name, bytes, 'application/octet-stream', { parts: PARTS })
  }

  read(name: string): Promise<Readable> {
    return this.store.open(this.prefix + name)
  }

  async *names(prefix: string): AsyncGenerator<string> {
    for await (const key of this.store.keysUnder(this.prefix + prefix)) yield key.slice(this.prefix.length)
  }

  remove(names: readonly string[]): Promise<void> {
    return this.store.remove(names.map((name) => this.prefix + name))
  }
}
