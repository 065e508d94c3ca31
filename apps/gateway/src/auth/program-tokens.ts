import { identity } from '@mpics/contracts'
import {
  droppedBy,
  Invalidation,
  Peers,
  RateLimitedError,
  type TaggedCache,
  UnauthenticatedError,
} from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose'
import { Clients } from '../clients/clients.js'
import { Limits } from '../limits/limits.js'
import { ACCESS_TOKEN_SECONDS } from './access-token.js'

/** An access token that is about to expire is changed for the next one before. */
const HELD_MS = (ACCESS_TOKEN_SECONDS - 60) * 1000
const HELD_BYTES = 8 * 1024 * 1024
const REFUSED_MS = 10_000
/** Made-up tokens are counted once identity has refused them; until then this bounds them. */
const MAX_UNDER_WAY = 20
/** Apart from the good ones, which junk thus never drives out. */
const REFUSED_BYTES = 1024 * 1024

/** Exchanges tokens of programs for access tokens at identity, each once in nine minutes. */
@Injectable()
export class ProgramTokens {
  private readonly held: TaggedCache<string | null>
  private readonly refused: TaggedCache<true>
  private readonly underWay = new Map<string, number>()

  constructor(
    private readonly peers: Peers,
    private readonly limits: Limits,
    private readonly clients: Clients,
    invalidation: Invalidation,
  ) {
    this.held = invalidation.cache({
      name: 'access tokens of programs',
      maxBytes: HELD_BYTES,
      ttlMs: HELD_MS,
      droppedBy: [droppedBy(identity.programTokenRevoked, ({ data }) => [data.tokenId])],
    })
    const bounds = { maxBytes: REFUSED_BYTES, ttlMs: REFUSED_MS }
    this.refused = invalidation.cache({ name: 'refused tokens of programs', ...bounds, droppedBy: [] })
  }

  /** Throws UnauthenticatedError for a token that identity does not take. */
  async exchange(token: string, request: FastifyRequest): Promise<string> {
    if (this.refused.get(token)) throw new UnauthenticatedError()
    const accessToken = await this.held.load(token, () => this.ask(token, request), tagsOf)
    if (accessToken !== null) return accessToken
    this.refused.set(token, true)
    throw new UnauthenticatedError()
  }

  /** Asks for nobody whose network has used up the limit of bad tokens, so that made-up ones do not flood identity. */
  private async ask(token: string, request: FastifyRequest): Promise<string | null> {
    const network = this.clients.networkOf(request)
    const wait = this.limits.waitOf('credentials', network)
    if (wait > 0) throw new RateLimitedError(wait)
    const before = this.underWay.get(network) ?? 0
    if (before >= MAX_UNDER_WAY) throw new RateLimitedError(1)
    this.underWay.set(network, before + 1)
    try {
      return (await this.peers.call(identity.exchangeProgramToken, { body: { token } })).accessToken
    } finally {
      this.leave(network)
    }
  }

  private leave(network: string): void {
    const left = (this.underWay.get(network) ?? 1) - 1
    if (left > 0) this.underWay.set(network, left)
    else this.underWay.delete(network)
  }
}

const tagsOf = (accessToken: string | null) => (accessToken === null ? null : [String(decodeJwt(accessToken)['tid'])])
