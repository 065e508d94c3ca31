import { type ServiceName, serviceNames, services } from '@mpics/contracts'

export { serviceNames }
export type Service = ServiceName

export interface Ports {
  http: number
  ops: number
}

export const usualPorts = Object.fromEntries(serviceNames.map((name) => [name, services[name].ports])) as Record<
  Service,
  Ports
>
