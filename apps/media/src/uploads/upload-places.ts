import type { IncomingMessage } from 'node:http'
import { Metrics, UnavailableError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { MediaConfig } from '../config.js'
import { Places } from '../places.js'
import { TooManyUploadsError, UploadTooSlowError } from './upload.errors.js'

/** The places in which a replica receives uploads, each with a part of a file in memory. */
@Injectable()
export class UploadPlaces {
  private readonly places: Places
  private readonly refused: Counter<'outcome'>

  constructor(config: MediaConfig, metrics: Metrics) {
    const each = config.MEDIA_UPLOADS_PER_ACCOUNT
    this.places = new Places({
      most: config.MEDIA_UPLOADS_CONCURRENCY,
      each,
      full: () =>
        this.counted('full', new UnavailableError('Too many pictures are being uploaded; try again in a moment.')),
      tooMany: () => this.counted('share', new TooManyUploadsError(each)),
    })
    this.refused = metrics.counter('media_uploads_refused_total', 'Uploads without a place, by why.', ['outcome'])
  }

  /** Runs an upload while its client sends fast enough. Of one that does not, the request is closed once it is answered. */
  async during<T>(account: string, request: IncomingMessage, upload: () => Promise<T>): Promise<T> {
    const { promise: left, reject } = Promise.withResolvers<never>()
    const free = this.places.take({
      account,
      moved: () => request.socket.bytesRead,
      waitsForUs: () => request.complete || request.readableLength > 0,
      leave: () => reject(this.counted('slow', new UploadTooSlowError())),
    })
    const uploaded = upload().finally(free)
    uploaded.catch(() => undefined)
    left.catch(() => undefined)
    return Promise.race([uploaded, left])
  }

  private counted<E extends Error>(outcome: string, refusal: E): E {
    this.refused.inc({ outcome })
    return refusal
  }
}
