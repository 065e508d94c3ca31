import { type ServiceName, serviceNames, services } from '@mpics/contracts'

export type Keeper = Exclude<ServiceName, 'gateway'>

/** The gateway keeps nothing: its replicas read back what they need when they start. */
export const KEEPERS = serviceNames.filter((name): name is Keeper => name !== 'gateway')

/** The operators' port, where npm start puts it. */
export const usualOpsPort = (service: Keeper): number => services[service].ports.ops
