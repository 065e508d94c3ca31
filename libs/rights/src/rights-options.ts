import type { ServiceName } from '@mpics/contracts'

/** Services that hold data of people have a part in each right: a new one joins here as soon as it holds any. */
export type RightsService = Extract<ServiceName, 'identity' | 'profiles' | 'media' | 'notifications' | 'analytics'>

export interface RightsSettings {
  service: RightsService
}

export class RightsOptions {
  readonly service: RightsService

  constructor({ service }: RightsSettings) {
    this.service = service
  }
}
