import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { StorageUnavailableError } from '@mpics/object-store'
import { Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { Places } from '../places.js'

/** As many as the object store has connections for them. */
const MAX_READERS = 256

/** The places of those who read renditions: each holds a connection to the object store until its client has taken the bytes. */
@Injectable()
export class ReaderPlaces {
  private readonly places = new Places({
    most: MAX_READERS,
    each: MAX_READERS,
    full: () => new StorageUnavailableError('media', new Error('all places of readers are taken')),
    tooMany: () => new StorageUnavailableError('media'),
  })
  private readonly left: Counter

  constructor(metrics: Metrics) {
    this.left = metrics.counter(
      'media_readers_too_slow_total',
      'Readers that were cut off because they took too slowly.',
    )
  }

  /** The bytes, which break off when their reader does not take them. */
  async during(response: ServerResponse, open: () => Promise<Readable>): Promise<Readable> {
    let bytes: Readable | undefined
    const free = this.places.take({
      moved: () => response.socket?.bytesWritten ?? 0,
      waitsForUs: () => !response.writableNeedDrain,
      leave: () => {
        this.left.inc()
        bytes?.destroy(new Error('its reader does not take it'))
      },
    })
    try {
      bytes = await open()
    } catch (error) {
      free()
      throw error
    }
    return bytes.once('close', free)
  }
}
