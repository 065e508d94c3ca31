import type { IncomingMessage } from 'node:http'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { GatewayConfig } from '../config.js'
import { clientAddress, limitedAddress } from './client-address.js'
import { Countries } from './countries.js'
import { ipPrefix } from './ip-prefix.js'

interface Client {
  readonly address: string
  readonly prefix: string | null
  country?: Promise<string | null>
}

/** Who looks at pages comes again within moments. Longer texts are no chain of proxies that we know. */
const MAX_CLIENTS = 1_000
const MAX_CHAIN = 100
const LIFE_MS = 60_000

/** Tells the address, network and country of a request. */
@Injectable()
export class Clients {
  /** Read once, however many ask while the request is served. */
  private readonly known = new WeakMap<IncomingMessage, Client>()
  private readonly recent = new LRUCache<string, Client>({ max: MAX_CLIENTS, ttl: LIFE_MS })

  constructor(
    private readonly config: GatewayConfig,
    private readonly countries: Countries,
  ) {}

  addressOf(request: FastifyRequest): string {
    return this.clientOf(request).address
  }

  /** An IPv4 address or an IPv6 /64, for limits in memory. */
  networkOf(request: FastifyRequest): string {
    return limitedAddress(this.addressOf(request))
  }

  /** Limits count the account of a member, else the address: anybody can register without proving one. */
  limitKeyOf(request: FastifyRequest): string {
    const member = request.caller?.member
    return member && !member.unverified ? member.accountId : this.networkOf(request)
  }

  prefixOf(request: FastifyRequest): string | null {
    return this.clientOf(request).prefix
  }

  countryOf(request: FastifyRequest): Promise<string | null> {
    const client = this.clientOf(request)
    return (client.country ??= this.countries.of(client.prefix))
  }

  private clientOf(request: FastifyRequest): Client {
    const known = this.known.get(request.raw)
    if (known) return known
    const client = this.recentOf(request.raw.socket.remoteAddress ?? '', request.headers['x-forwarded-for'])
    this.known.set(request.raw, client)
    return client
  }

  private recentOf(peer: string, forwardedFor: string | string[] | undefined): Client {
    const chain = `${peer} ${String(forwardedFor)}`
    const recent = this.recent.get(chain)
    if (recent) return recent
    const address = clientAddress(peer, forwardedFor, this.config.GATEWAY_TRUSTED_PROXIES)
    const client = { address, prefix: ipPrefix(address) }
    if (chain.length <= MAX_CHAIN) this.recent.set(chain, client)
    return client
  }
}
