import type { ServiceName } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import type { FastifyRequest } from 'fastify'
import { decodeProtectedHeader } from 'jose/decode/protected_header'
import { Strategy, type StrategyOptionsWithoutRequest } from 'passport-jwt'
import { z } from 'zod'
import { CommonConfig } from '../config/common-config.js'
import { bearerTokenOf } from './bearer-token.js'
import type { CallerIdentity } from './caller.js'
import { INTERNAL_TOKEN_SECONDS, INTERNAL_TOKEN_TYPE } from './internal-tokens.js'
import type { KeySet } from '../config/keys.js'
import { signerAmong } from './signer.js'

const CLOCK_TOLERANCE_SECONDS = 30

const claims = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
  sub: z.uuid().optional(),
  sid: z.string().max(64).optional(),
  roles: z.array(z.string().max(40)).max(20).optional(),
})

/** Verifies the token of a call between services: the caller's own key, this service as audience, at most 60 s of life. */
@Injectable()
export class InternalTokenStrategy extends PassportStrategy(Strategy, 'internal-token') {
  constructor(config: CommonConfig) {
    super({
      jwtFromRequest: ({ headers }: FastifyRequest) => bearerTokenOf(headers.authorization) ?? null,
      secretOrKeyProvider: (_request, token, done) => provideKey(config.INTERNAL_PUBLIC_KEYS, token as string, done),
      // passport-jwt overwrites these two, unless they are given here, with nothing
      algorithms: ['ES256'],
      audience: config.INTERNAL_PRIVATE_KEY.service,
      jsonWebTokenOptions: { clockTolerance: CLOCK_TOLERANCE_SECONDS, complete: true },
    } satisfies StrategyOptionsWithoutRequest)
  }

  validate(token: { header: { kid?: string }; payload: unknown }): CallerIdentity | false {
    const { data } = claims.safeParse(token.payload)
    if (!data || data.iss !== token.header.kid) return false
    if (data.exp - data.iat > INTERNAL_TOKEN_SECONDS) return false
    if (data.iat > Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS) return false
    const service = data.iss as ServiceName
    if (!data.sub) return { service }
    return { service, member: { accountId: data.sub, sessionId: data.sid ?? '', roles: data.roles ?? [] } }
  }
}

function provideKey(keys: KeySet, token: string, done: (error: unknown, key?: Buffer) => void): void {
  try {
    const { kid, typ, crit } = decodeProtectedHeader(token)
    const candidates = typ === INTERNAL_TOKEN_TYPE && kid && !crit ? keys.get(kid) : undefined
    const key = candidates && signerAmong(candidates, token)
    if (!key) return done(new Error('no such key'))
    // jsonwebtoken takes a KeyObject, which is three times cheaper than a PEM; its types do not say so.
    done(null, key as unknown as Buffer)
  } catch (error) {
    done(error)
  }
}
