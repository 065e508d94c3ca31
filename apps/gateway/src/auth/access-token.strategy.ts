import { Clock, UnauthenticatedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import type { FastifyRequest } from 'fastify'
import { Strategy, type StrategyOptionsWithoutRequest } from 'passport-jwt'
import { GatewayConfig } from '../config.js'
import { CLOCK_TOLERANCE_SECONDS, keyIdOf, readClaims, type VerifiedToken } from './access-token.js'
import { SigningKeys } from './signing-keys.js'

/** Accepts tokens that are typed `at+jwt`, signed with ES256 by a published key, issued by and for this site, and not expired. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(
    config: GatewayConfig,
    keys: SigningKeys,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: ({ accessToken }: FastifyRequest) => accessToken ?? null,
      secretOrKeyProvider: (_request, token, done) => void provideKey(keys, token as string, done),
      algorithms: ['ES256'],
      issuer: config.PUBLIC_URL,
      audience: 'mpics',
      jsonWebTokenOptions: { clockTolerance: CLOCK_TOLERANCE_SECONDS },
    } satisfies StrategyOptionsWithoutRequest)
  }

  validate(payload: unknown): VerifiedToken | false {
    return readClaims(payload, this.clock.now().getTime()) ?? false
  }
}

async function provideKey(
  keys: SigningKeys,
  token: string,
  done: (error: unknown, key?: Buffer) => void,
): Promise<void> {
  const kid = keyIdOf(token)
  if (!kid) return done(new UnauthenticatedError())
  await keys.find(kid).then(
    // jsonwebtoken takes a KeyObject, which is three times cheaper than a PEM; its types do not say so.
    (key) => done(null, key as unknown as Buffer),
    (error: unknown) => done(error),
  )
}
