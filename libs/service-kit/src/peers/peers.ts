import type { ApiAnswer, ApiDefinition, ServiceName } from '@mpics/contracts'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { z } from 'zod'
import { CommonConfig } from '../config/common-config.js'
import { InsideTls } from '../tls/inside-tls.js'
import type { MemberIdentity } from '../trust/caller.js'
import { InternalTokens } from '../trust/internal-tokens.js'
import { Peer } from './peer.js'

const CONNECT_MS = 2_000

/**
 * `onBehalfOf`: the member for whom the call is made, and `headers`: what else of the client the callee must know. `isEarly`: whoever
 * will want the answer asks again if there is none, so that it says nothing about the callee, and is not sent while that is away.
 */
export interface PeerInput<D extends ApiDefinition> {
  params?: z.input<D['params']>
  query?: z.input<D['query']>
  body?: D extends { body?: infer B }
    ? NonNullable<B> extends z.ZodType
      ? z.input<NonNullable<B>>
      : undefined
    : undefined
  onBehalfOf?: MemberIdentity
  headers?: Readonly<Record<string, string>>
  isEarly?: boolean
}

/** Calls other services, typed by their contract. Throws PeerError when one refuses, PeerUnavailableError when one is away. */
@Injectable()
export class Peers implements OnApplicationShutdown {
  private readonly peers = new Map<ServiceName, Promise<Peer>>()

  constructor(
    private readonly config: CommonConfig,
    private readonly tokens: InternalTokens,
    private readonly tls: InsideTls,
  ) {}

  async call<D extends ApiDefinition>(api: D, input: PeerInput<D> = {}): Promise<ApiAnswer<D>> {
    const token = this.tokens.tokenFor(api.service, input.onBehalfOf)
    return (await (await this.peer(api.service)).call(api, input, token)) as ApiAnswer<D>
  }

  async openBreakers(): Promise<number> {
    const peers = await Promise.all(this.peers.values())
    return peers.reduce((sum, { openBreakers }) => sum + openBreakers, 0)
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.peers.values()].map(async (peer) => (await peer).close()))
  }

  private peer(service: ServiceName): Promise<Peer> {
    const known = this.peers.get(service) ?? connect(service, this.urlOf(service), this.tls)
    this.peers.set(service, known)
    return known
  }

  private urlOf(service: ServiceName): string {
    const variable = `${service.toUpperCase()}_URL`
    const url = (this.config as unknown as Record<string, string | undefined>)[variable]
    if (!url) throw new TypeError(`This service calls ${service} but its configuration has no ${variable}.`)
    return url
  }
}

/** Loads undici only in a service that calls others. */
async function connect(service: ServiceName, url: string, tls: InsideTls): Promise<Peer> {
  const { Pool } = await import('undici')
  const options = { ...tls.poolOptions(CONNECT_MS), connections: 32 }
  return new Peer(service, { reads: new Pool(url, options), changes: new Pool(url, options) })
}
