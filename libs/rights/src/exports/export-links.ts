import type { IncomingMessage } from 'node:http'
import { ObjectMissingError, SignedObjects } from '@mpics/object-store'
import { clientCertificates, CommonConfig } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { RightsOptions } from '../rights-options.js'

/** Reads the files that parts of other services link to. */
@Injectable()
export class ExportLinks extends SignedObjects {
  constructor({ service }: RightsOptions, config: CommonConfig) {
    super(service, clientCertificates(config)?.ca)
  }

  /** Null for a file that went meanwhile. Links are tried in the order in which it may have moved. */
  async openIfThere([link, ...others]: string[]): Promise<IncomingMessage | null> {
    if (link === undefined) return null
    return this.open(link).catch((error: unknown) => {
      if (error instanceof ObjectMissingError) return this.openIfThere(others)
      throw error
    })
  }
}
