import { KeyObject } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { Peers, UnauthenticatedError } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { createRemoteJWKSet, customFetch, errors, type RemoteJWKSet } from 'jose'

const MINUTE = 60_000
/** Bounds how often tokens with an unknown `kid` make the gateway ask identity. */
const COOLDOWN_MS = 5_000

/**
 * Holds the keys that identity publishes. The lookup is in memory, so that tokens with made-up key ids can neither flood
 * identity nor delay good ones; known keys stay while identity is away.
 */
@Injectable()
export class SigningKeys {
  private readonly logger = new Logger('SigningKeys')
  private readonly published: RemoteJWKSet
  private known = new Map<string, KeyObject>()

  constructor(peers: Peers) {
    // all that jose reads of an answer: for a whole one Node would load its own fetch
    const ask = async () => {
      const keys = await peers.call(identity.getSigningKeys)
      return { status: 200, json: () => Promise.resolve(keys) } as unknown as Response
    }
    this.published = createRemoteJWKSet(new URL('http://identity/.well-known/jwks.json'), {
      cacheMaxAge: 10 * MINUTE,
      cooldownDuration: COOLDOWN_MS,
      [customFetch]: ask,
    })
  }

  async find(kid: string): Promise<KeyObject> {
    try {
      const key = KeyObject.from(await this.published({ alg: 'ES256', kid }))
      if (!this.known.get(kid)?.equals(key)) this.remember(kid, key)
      return this.known.get(kid)!
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw new UnauthenticatedError()
      return this.lastKnown(kid, error)
    }
  }

  private remember(kid: string, key: KeyObject): void {
    const published = new Set(this.published.jwks()?.keys.map((jwk) => jwk.kid))
    this.known = new Map([...this.known].filter(([known]) => published.has(known))).set(kid, key)
  }

  private lastKnown(kid: string, reason: unknown): KeyObject {
    const key = this.known.get(kid)
    if (!key) throw reason
    this.logger.warn({ err: reason }, 'identity does not answer; the keys it last published are used')
    return key
  }
}
