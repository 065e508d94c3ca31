import { sign } from 'node:crypto'
import type { ServiceName } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { Clock } from '../clock.js'
import { CommonConfig } from '../config/common-config.js'
import { boundedTo } from '../invalidation/byte-bounds.js'
import type { MemberIdentity } from './caller.js'

export const INTERNAL_TOKEN_TYPE = 'int+jwt'
export const INTERNAL_TOKEN_SECONDS = 60
/** The service reuses a cached token while at least half of its life is left. */
const REUSE_MS = (INTERNAL_TOKEN_SECONDS / 2) * 1000
const CACHE_BYTES = 4 * 1024 * 1024

/** Makes the tokens with which this service calls others: ES256, for one service, 60 s. */
@Injectable()
export class InternalTokens {
  private readonly minted = new LRUCache<string, string>({ ...boundedTo(CACHE_BYTES), ttl: REUSE_MS })

  constructor(
    private readonly config: CommonConfig,
    private readonly clock: Clock,
  ) {}

  tokenFor(audience: ServiceName, member?: MemberIdentity): string {
    const about = member ? [audience, member.accountId, member.sessionId, ...member.roles].join(' ') : audience
    const known = this.minted.get(about)
    if (known) return known
    const token = this.mint(audience, member)
    this.minted.set(about, token)
    return token
  }

  private mint(audience: ServiceName, member?: MemberIdentity): string {
    const { service, key } = this.config.INTERNAL_PRIVATE_KEY
    const iat = Math.floor(this.clock.now().getTime() / 1000)
    const about = member && { sub: member.accountId, sid: member.sessionId, roles: member.roles }
    const claims = { iss: service, aud: audience, iat, exp: iat + INTERNAL_TOKEN_SECONDS, ...about }
    const head = `${encode({ alg: 'ES256', typ: INTERNAL_TOKEN_TYPE, kid: service })}.${encode(claims)}`
    return `${head}.${sign('sha256', Buffer.from(head), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
