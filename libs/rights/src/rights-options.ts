import type { ServiceName } from '@mpics/contracts'

/** Services with a database have a part in each right. */
export type RightsService = Exclude<ServiceName, 'gateway'>

export interface RightsSettings {
  service: RightsService
}

export class RightsOptions {
  readonly service: RightsService

  constructor({ service }: RightsSettings) {
    this.service = service
  }
}
