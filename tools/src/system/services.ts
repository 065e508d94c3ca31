export const serviceNames = ['gateway', 'identity', 'profiles', 'media', 'notifications', 'analytics'] as const
export type Service = (typeof serviceNames)[number]

export interface Ports {
  http: number
  ops: number
}

/** 9092 is Kafka's: the operators' ports go around it. */
export const usualPorts: Record<Service, Ports> = {
  gateway: { http: 8080, ops: 9090 },
  identity: { http: 8081, ops: 9091 },
  profiles: { http: 8082, ops: 9093 },
  media: { http: 8083, ops: 9094 },
  notifications: { http: 8084, ops: 9095 },
  analytics: { http: 8085, ops: 9096 },
}
