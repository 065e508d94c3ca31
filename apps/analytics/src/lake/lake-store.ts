import { ObjectStore } from '@mpics/object-store'
import { clientCertificates } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { AnalyticsConfig } from '../config.js'

/** The bucket of the lake. Counting does not wait for it. */
@Injectable()
export class LakeStore extends ObjectStore implements OnApplicationBootstrap {
  constructor(config: AnalyticsConfig) {
    super({
      service: 'analytics',
      endpoint: config.ANALYTICS_S3_ENDPOINT,
      region: config.ANALYTICS_S3_REGION,
      accessKey: config.ANALYTICS_S3_ACCESS_KEY,
      secretKey: config.ANALYTICS_S3_SECRET_KEY,
      bucket: config.ANALYTICS_S3_BUCKET,
      ca: clientCertificates(config)?.ca,
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.prepare().catch((err: unknown) => new Logger(LakeStore.name).warn({ err }, 'lake not reached yet'))
  }
}
