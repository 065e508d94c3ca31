import type { IncomingMessage } from 'node:http'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { clientAddress, limitedAddress } from './client-address.js'
import { Countries } from './countries.js'
import { ipPrefix } from './ip-prefix.js'

interface Client {
  readonly address: string
  readonly prefix: string | null
}

/** Tells the address, network and country of a request. */
@Injectable()
export class Clients {
  /** Read once, however many ask while the request is served. */
  private readonly known = new WeakMap<IncomingMessage, Client>()

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
    return this.countries.of(this.prefixOf(request))
  }

  private clientOf(request: FastifyRequest): Client {
    const known = this.known.get(request.raw)
    if (known) return known
    const address = this.readAddress(request)
    const client = { address, prefix: ipPrefix(address) }
    this.known.set(request.raw, client)
    return client
  }

  private readAddress(request: FastifyRequest): string {
    const peer = request.raw.socket.remoteAddress ?? ''
    return clientAddress(peer, request.headers['x-forwarded-for'], this.config.GATEWAY_TRUSTED_PROXIES)
  }
}
