import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { clientAddress, limitedAddress } from './client-address.js'
import { Countries } from './countries.js'
import { ipPrefix } from './ip-prefix.js'

/** Tells the address, network and country of a request. */
@Injectable()
export class Clients {
  constructor(
    private readonly config: GatewayConfig,
    private readonly countries: Countries,
  ) {}

  addressOf(request: FastifyRequest): string {
    const peer = request.raw.socket.remoteAddress ?? ''
    return clientAddress(peer, request.headers['x-forwarded-for'], this.config.GATEWAY_TRUSTED_PROXIES)
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
    return ipPrefix(this.addressOf(request))
  }

  countryOf(request: FastifyRequest): Promise<string | null> {
    return this.countries.of(this.prefixOf(request))
  }
}
