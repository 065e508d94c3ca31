import { Injectable } from '@nestjs/common'
import { jwtVerify } from 'jose/jwt/verify'
import { CommonConfig } from '../config/common-config.js'
import { UnauthenticatedError } from '../problems/general.errors.js'
import { signerAmong } from './signer.js'

export const OPERATOR_TOKEN_TYPE = 'ops+jwt'
export const OPERATOR_TOKEN_SECONDS = 60
const CLOCK_TOLERANCE_SECONDS = 30

/** Verifies operators' tokens of 60 s for one service. Each operator signs with an own key, so a broken-into service makes none. */
@Injectable()
export class Operators {
  constructor(private readonly config: CommonConfig) {}

  /** Throws UnauthenticatedError for a missing or bad token. */
  async nameOf(authorization: string | undefined): Promise<string> {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
    const { OPERATOR_PUBLIC_KEYS: keys, INTERNAL_PRIVATE_KEY: own } = this.config
    if (!token || !keys) throw new UnauthenticatedError()
    const keyOf = ({ kid }: { kid?: string }) =>
      signerAmong(keys.get(kid ?? '') ?? [], token) ?? Promise.reject(new UnauthenticatedError())
    const verified = await jwtVerify(token, keyOf, {
      algorithms: ['ES256'],
      typ: OPERATOR_TOKEN_TYPE,
      audience: own.service,
      requiredClaims: ['iat', 'exp'],
      maxTokenAge: OPERATOR_TOKEN_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    }).catch(() => Promise.reject(new UnauthenticatedError()))
    return verified.protectedHeader.kid!
  }
}
