import type { ServiceName } from '@mpics/contracts'
import { ObjectStore, type Parts } from '@mpics/object-store'
import { clientCertificates, type CommonConfig } from '@mpics/service-kit'
import type { ExportsConfig } from './exports-config.js'

/** For files of up to 160 GB, in memory for three parts. */
export const EXPORT_PARTS: Parts = { bytes: 16 * 1024 * 1024, atOnce: 2 }

/** The bucket of the exports. */
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
}

export const PARTS = 'parts/'

/** Everything that a service writes for one export begins with it. */
export const partsOf = (service: ServiceName, exportId: string) => `${PARTS}${service}/${exportId}/`
