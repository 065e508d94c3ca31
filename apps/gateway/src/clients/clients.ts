import type { IncomingMessage } from 'node:http'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { clientAddress, isTrusted, limitedAddress } from './client-address.js'
import { Countries } from './countries.js'
import { ipPrefix } from './ip-prefix.js'
import { ShortLived } from './short-lived.js'

interface Client {
  readonly address: string
  readonly prefix: string | null
  country?: Promise<string | null>
}

/** Who looks at pages comes again within moments. Longer texts are no addresses. */
const MAX_CLIENTS = 1_000
const MAX_KEY = 100
const LIFE_MS = 60_000
/** Is no address, wherever it comes from. */
const NO_HOP = '-'

/** Tells the address, network and country of a request. */
@Injectable()
export class Clients {
  /** Read once, however many ask while the request is served. */
  private readonly known = new WeakMap<IncomingMessage, Client>()
  private readonly recent = new ShortLived<Client>(MAX_CLIENTS, LIFE_MS)

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
    return (client.country ??= this.countries.of(client.prefix).catch((error: unknown) => {
      client.country = undefined
      throw error
    }))
  }

  private clientOf(request: FastifyRequest): Client {
    const known = this.known.get(request.raw)
    if (known) return known
    const client = this.recentOf(request.raw.socket.remoteAddress ?? '', request.headers['x-forwarded-for'])
    this.known.set(request.raw, client)
    return client
  }

  private recentOf(peer: string, forwardedFor: string | string[] | undefined): Client {
    const last = lastHop(forwardedFor)
    const recent = this.recent.get(peer) ?? this.recent.get(`${peer} ${last}`)
    if (recent) return recent
    const address = clientAddress(peer, forwardedFor, this.config.GATEWAY_TRUSTED_PROXIES)
    const client = { address, prefix: ipPrefix(address) }
    const key = this.keyOf(peer, last)
    if (key && key.length <= MAX_KEY) this.recent.set(key, client)
    return client
  }

  /** Whoever comes directly, or through one proxy of ours: no text of a stranger makes an entry, or is in one. */
  private keyOf(peer: string, last: string): string | undefined {
    const trusted = this.config.GATEWAY_TRUSTED_PROXIES
    if (!isTrusted(peer, trusted)) return peer
    return last && !isTrusted(last, trusted) ? `${peer} ${last}` : undefined
  }
}

/** What the nearest proxy wrote. */
function lastHop(forwardedFor: string | string[] | undefined): string {
  if (forwardedFor === undefined) return NO_HOP
  const hops = String(forwardedFor)
  return hops.slice(hops.lastIndexOf(',') + 1).trim()
}
