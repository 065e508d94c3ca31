import { ObjectStore, type ObjectStoreAccess } from '@mpics/object-store'
import { clientCertificates, Health } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { MediaConfig } from '../config.js'

export const photoStoreAccess = (config: MediaConfig): ObjectStoreAccess => ({
  service: 'media',
  endpoint: config.MEDIA_S3_ENDPOINT,
  region: config.MEDIA_S3_REGION,
  accessKey: config.MEDIA_S3_ACCESS_KEY,
  secretKey: config.MEDIA_S3_SECRET_KEY,
  bucket: config.MEDIA_S3_BUCKET,
  ca: clientCertificates(config)?.ca,
})

/** The bucket of the photos. */
@Injectable()
export class PhotoStore extends ObjectStore implements OnApplicationBootstrap {
  constructor(config: MediaConfig, health: Health) {
    super(photoStoreAccess(config))
    health.addReadiness('object store', () => this.prepare())
  }

  /** A store that is away delays no start: readiness reports it, and makes the bucket as soon as the store is back. */
  async onApplicationBootstrap(): Promise<void> {
    await this.prepare().catch((err: unknown) =>
      new Logger(PhotoStore.name).warn({ err }, 'object store not reached yet'),
    )
  }
}
