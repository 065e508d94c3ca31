import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'
import type { Transform } from 'node:stream'
import { LRUCache } from 'lru-cache'
import type { Coding } from './content-coding.js'

const CACHE_BYTES = 8 * 1024 * 1024
/** Costs about as much as gzip does, and is a sixth shorter. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
}

const encoders: Record<Coding, (body: Buffer) => Promise<Buffer>> = {
  br: promisify((body: Buffer, done: (error: Error | null, coded: Buffer) => void) =>
    brotliCompress(body, BROTLI, done),
  ),
  gzip: promisify((body: Buffer, done: (error: Error | null, coded: Buffer) => void) => gzip(body, done)),
}

export const encodingStream = (coding: Coding): Transform =>
  coding === 'br' ? createBrotliCompress(BROTLI) : createGzip()

/** Compresses a body once while many ask for it: files and documents would otherwise cost strangers nothing and us much. */
export class CompressedBodies {
  private readonly known = new LRUCache<string, Buffer>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (body, key) => body.length + 2 * key.length,
  })
  private readonly underWay = new Map<string, Promise<Buffer>>()

  /** `name` stands for the bytes of the body, which are read where nobody has asked before; without one nothing is kept. */
  get(coding: Coding, name: string, read: () => Promise<Buffer>): Buffer | Promise<Buffer> {
    if (name === '') return read().then(encoders[coding])
    const key = `${coding} ${name}`
    return this.known.get(key) ?? this.underWay.get(key) ?? this.make(coding, key, read)
  }

  private async make(coding: Coding, key: string, read: () => Promise<Buffer>): Promise<Buffer> {
    const made = read().then(encoders[coding])
    this.underWay.set(key, made)
    try {
      const body = await made
      this.known.set(key, body)
      return body
    } finally {
      this.underWay.delete(key)
    }
  }
}
