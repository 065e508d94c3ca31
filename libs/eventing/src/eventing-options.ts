import type { ConnectionOptions } from 'node:tls'
import type { ServiceName } from '@mpics/contracts'
import type { Registry } from 'prom-client'

export interface KafkaAccess {
  brokers: string[]
  /** Precedes every topic and group, so that several systems share a cluster. */
  prefix?: string
  sasl?: ScramLogin<'scram-sha-256'> | ScramLogin<'scram-sha-512'>
  tls?: ConnectionOptions | true
  clientId?: string
}

interface ScramLogin<M> {
  mechanism: M
  username: string
  password: string
}

export interface EventingSettings extends KafkaAccess {
  service: ServiceName
  /** Publishes the schemas of events; absent on one machine. */
  site?: string
  /** Defaults to prom-client's own registry. */
  registry?: Registry
  relay?: RelaySettings
  consumer?: ConsumerSettings
}

export interface RelaySettings {
  leaseMs?: number
  batch?: number
  blockedTopicMs?: number
}

export interface ConsumerSettings {
  /** Handlers at work at once, over all partitions. */
  concurrency?: number
  /** Waits in ms before each further attempt after a passing failure. */
  retryMs?: readonly number[]
  sessionTimeoutMs?: number
  /** Open events of one partition at which its fetching pauses. */
  capacity?: number
}

export class EventingOptions {
  constructor(readonly settings: EventingSettings) {}

  get service(): ServiceName {
    return this.settings.service
  }

  get site(): string | undefined {
    return this.settings.site
  }

  get prefix(): string {
    return this.settings.prefix ?? ''
  }

  get group(): string {
    return this.prefix + this.settings.service
  }

  topic(name: string): string {
    return this.prefix + name
  }
}
