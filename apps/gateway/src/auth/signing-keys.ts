import { KeyObject } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { Clock, Peers, UnauthenticatedError } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { createLocalJWKSet, type CryptoKey, errors } from 'jose'

const MINUTE = 60_000
const MAX_AGE_MS = 10 * MINUTE
/** Bounds how often tokens with an unknown `kid` make the gateway ask identity. */
const COOLDOWN_MS = 5_000

interface Published {
  find: ReturnType<typeof createLocalJWKSet>
  at: number
}

/**
 * Holds the keys that identity publishes. The lookup is in memory, so that tokens with made-up key ids can neither flood
 * identity nor delay good ones; known keys stay while identity is away. jose's own remote sets make Node load its fetch.
 */
@Injectable()
export class SigningKeys {
  private readonly logger = new Logger('SigningKeys')
  private published?: Published
  private asking?: Promise<Published>
  private known = new Map<string, KeyObject>()

  constructor(
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  async find(kid: string): Promise<KeyObject> {
    try {
      const key = KeyObject.from(await this.lookUp(kid))
      if (!this.known.get(kid)?.equals(key)) this.remember(kid, key)
      return this.known.get(kid)!
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw new UnauthenticatedError()
      return this.lastKnown(kid, error)
    }
  }

  private async lookUp(kid: string): Promise<CryptoKey> {
    const wanted = { alg: 'ES256', kid }
    const { find } = await this.notOlderThan(MAX_AGE_MS)
    return find(wanted).catch(async (error: unknown) => {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      return (await this.notOlderThan(COOLDOWN_MS)).find(wanted)
    })
  }

  private notOlderThan(ms: number): Promise<Published> | Published {
    const isFresh = this.published && this.clock.now().getTime() - this.published.at < ms
    return isFresh ? this.published! : (this.asking ??= this.ask())
  }

  private async ask(): Promise<Published> {
    try {
      const find = createLocalJWKSet(await this.peers.call(identity.getSigningKeys))
      return (this.published = { find, at: this.clock.now().getTime() })
    } finally {
      this.asking = undefined
    }
  }

  private remember(kid: string, key: KeyObject): void {
    const published = new Set(this.published?.find.jwks().keys.map((jwk) => jwk.kid))
    this.known = new Map([...this.known].filter(([known]) => published.has(known))).set(kid, key)
  }

  private lastKnown(kid: string, reason: unknown): KeyObject {
    const key = this.known.get(kid)
    if (!key) throw reason
    this.logger.warn({ err: reason }, 'identity does not answer; the keys it last published are used')
    return key
  }
}
