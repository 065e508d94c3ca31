import { X509Certificate } from 'node:crypto'
import type { ServerOptions } from 'node:https'
import { Server } from 'node:tls'
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import type { buildConnector, Pool } from 'undici'
import { type CertificateFiles, type Certificates, readCertificates } from '../config/certificates.js'
import { ConfigError } from '../config/config-error.js'

const LOOK_EVERY_MS = 5_000
/** After that a pool replaces a connection, so that none lives on with certificates that were taken away. */
const CONNECTION_LIFE_MS = 60_000
const HANDSHAKE_TIMEOUT_MS = 5_000
/** Both ends are ours, or a proxy of today. */
const VERSION = { minVersion: 'TLSv1.2' } as const

type Connect = buildConnector.connector

/**
 * TLS between the services. Without files it is off. Listeners and connections follow the files while the service runs; while
 * these cannot be used, such as half written, the former certificates stay.
 */
@Injectable()
export class InsideTls implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('InsideTls')
  private readonly listeners: Server[] = []
  private readonly connects = new Map<number, Promise<Connect>>()
  private certificates: Certificates | undefined
  private trouble = ''
  private timer?: NodeJS.Timeout

  constructor(private readonly files: CertificateFiles) {
    this.certificates = readCertificates(files)
  }

  onModuleInit(): void {
    if (this.certificates) this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer)
  }

  /** For an HTTP listener; `mutual`: only callers with a certificate of our authorities get in. Undefined where TLS is off. */
  listenerOptions(mutual: boolean): ServerOptions | undefined {
    if (!this.certificates) return undefined
    const callers = { requestCert: mutual, rejectUnauthorized: mutual }
    return { ...this.certificates, ...VERSION, ...callers, handshakeTimeout: HANDSHAKE_TIMEOUT_MS }
  }

  /** Gives a listener new certificates as they come. */
  follow(server: unknown): void {
    if (server instanceof Server) this.listeners.push(server)
  }

  /** For an undici Pool or Agent that leads to other services. */
  poolOptions(connectTimeoutMs: number): Pick<Pool.Options, 'connect' | 'clientTtl'> {
    if (!this.certificates) return { connect: { timeout: connectTimeoutMs } }
    const connect: Connect = (options, callback) => {
      this.connectWith(connectTimeoutMs).then(
        (current) => current(options, callback),
        (error: Error) => callback(error, null),
      )
    }
    return { connect, clientTtl: CONNECTION_LIFE_MS }
  }

  /** When the certificate ends; undefined where TLS is off. */
  get endsAt(): Date | undefined {
    return this.certificates && new Date(new X509Certificate(this.certificates.cert).validTo)
  }

  /** Looks whether the files have changed. */
  look(): void {
    try {
      const found = readCertificates(this.files)
      if (found && isOther(found, this.certificates)) this.take(found)
      this.trouble = ''
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      if (error.message !== this.trouble) this.logger.warn(`The former certificates stay. ${error.message}`)
      this.trouble = error.message
    }
  }

  private take(certificates: Certificates): void {
    this.certificates = certificates
    this.connects.clear()
    for (const listener of this.listeners) listener.setSecureContext({ ...certificates, ...VERSION })
    this.logger.log({ msg: 'certificates renewed', endsAt: this.endsAt })
  }

  private connectWith(timeout: number): Promise<Connect> {
    const known = this.connects.get(timeout) ?? connector({ ...this.certificates, ...VERSION, timeout })
    this.connects.set(timeout, known)
    return known
  }
}

const isOther = (found: Certificates, known?: Certificates): boolean =>
  found.ca !== known?.ca || found.cert !== known.cert || found.key !== known.key

/** Only a service that calls others loads undici. */
async function connector(options: buildConnector.BuildOptions): Promise<Connect> {
  const { buildConnector } = await import('undici')
  return buildConnector(options)
}
