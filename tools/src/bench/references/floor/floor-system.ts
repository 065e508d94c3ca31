import type { Service } from '../../../environment/system/services.js'
import type { System } from '../../../environment/system/system.js'

/** What floors need of a system, to stand beside its services over the same documents. */
export type FloorSystem = Pick<System, 'gatewayUrl' | 'prefix' | 'stack'> & {
  services: Record<Service, Pick<System['services'][Service], 'env'>>
}
