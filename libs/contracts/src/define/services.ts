interface ServiceFacts {
  /** Of its calls, for clients. */
  readonly about: string
  /** On one machine; 9092 is Kafka’s, so the operators’ ports go around it. */
  readonly ports: { readonly http: number; readonly ops: number }
  /** The services that it calls: it has their addresses, and they its public key. */
  readonly peers: readonly string[]
  /** The servers that it needs beside Kafka. */
  readonly needs: readonly ('database' | 'object-store' | 'mail')[]
}

/** The services of this system. Every other list of them derives from this one. */
export const services = {
  gateway: {
    about: 'Page views, and answers that are made of several',
    ports: { http: 8080, ops: 9090 },
    peers: ['identity', 'profiles', 'media', 'notifications', 'analytics'],
    needs: [],
  },
  identity: {
    about: 'Accounts, log-ins, consents and policies',
    ports: { http: 8081, ops: 9091 },
    peers: [],
    needs: ['database', 'object-store'],
  },
  profiles: {
    about: 'What people say about themselves, and who follows whom',
    ports: { http: 8082, ops: 9093 },
    peers: ['identity'],
    needs: ['database', 'object-store'],
  },
  media: {
    about: 'Photos and their renditions',
    ports: { http: 8083, ops: 9094 },
    peers: ['identity', 'profiles'],
    needs: ['database', 'object-store'],
  },
  notifications: {
    about: 'Mails, and who wants which',
    ports: { http: 8084, ops: 9095 },
    peers: ['identity', 'profiles'],
    needs: ['database', 'object-store', 'mail'],
  },
  analytics: {
    about: 'How often pages were viewed',
    ports: { http: 8085, ops: 9096 },
    peers: [],
    needs: ['database', 'object-store'],
  },
} as const satisfies Record<string, ServiceFacts>

export type ServiceName = keyof typeof services

export const serviceNames = Object.keys(services) as readonly ServiceName[]

/** The callers of a service. */
export const callersOf = (service: ServiceName): readonly ServiceName[] =>
  serviceNames.filter((name) => (services[name].peers as readonly string[]).includes(service))

/** The address of the site on one machine; elsewhere `PUBLIC_URL` says it. */
export const DEFAULT_SITE = 'http://localhost:8080'
