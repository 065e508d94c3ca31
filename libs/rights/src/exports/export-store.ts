import type { ServiceName } from '@mpics/contracts'
import {
  BucketMissingError,
  type ObjectFacts,
  ObjectStore,
  type Parts,
  type UnfinishedUpload,
} from '@mpics/object-store'
import { clientCertificates, type CommonConfig } from '@mpics/service-kit'
import type { ExportsConfig } from './exports-config.js'

/** For files of up to 160 GB, in memory for three parts. */
export const EXPORT_PARTS: Parts = { bytes: 16 * 1024 * 1024, atOnce: 2 }

/** The bucket of the exports, which is made for the first of them, and anew in another store: where there is none, nothing lies in it. */
export class ExportStore extends ObjectStore {
  constructor(service: ServiceName, config: CommonConfig & ExportsConfig) {
    super({
      service,
      endpoint: config.EXPORTS_S3_ENDPOINT,
      region: config.EXPORTS_S3_REGION,
      accessKey: config.EXPORTS_S3_ACCESS_KEY,
      secretKey: config.EXPORTS_S3_SECRET_KEY,
      bucket: config.EXPORTS_S3_BUCKET,
      ca: clientCertificates(config)?.ca,
    })
  }

  override objectsUnder(prefix: string): AsyncGenerator<ObjectFacts> {
    return ofBucket(super.objectsUnder(prefix))
  }

  override unfinishedUnder(prefix: string): AsyncGenerator<UnfinishedUpload> {
    return ofBucket(super.unfinishedUnder(prefix))
  }
}

async function* ofBucket<T>(listed: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* listed
  } catch (error) {
    if (!(error instanceof BucketMissingError)) throw error
  }
}

export const PARTS = 'parts/'

/** Everything that a service writes for one export begins with it. */
export const partsOf = (service: ServiceName, exportId: string) => `${PARTS}${service}/${exportId}/`
