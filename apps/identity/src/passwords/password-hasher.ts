import { availableParallelism } from 'node:os'
import { Metrics } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { hash, type Options, verify } from '@node-rs/argon2'
import { IdentityConfig } from '../config.js'
import type { Claim } from './claim.js'
import { HashingTurns } from './hashing-turns.js'

/** The minimum of the OWASP Password Storage Cheat Sheet for Argon2id: 19 MiB of memory, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`
const DECOY = { password: 'nobody has this password', claim: { known: true, flows: ['decoy'] } }

/** Hashes in turn: a flood of log-ins starves neither other work nor other people's log-ins. */
@Injectable()
export class PasswordHasher implements OnApplicationBootstrap {
  private readonly turns: HashingTurns
  private decoy?: Promise<string>

  constructor(config: IdentityConfig, metrics: Metrics) {
    const refusals = metrics.counter('identity_hashing_refused_total', 'Passwords that found no place to wait in', [
      'outcome',
    ])
    this.turns = new HashingTurns({
      concurrency: config.IDENTITY_HASHING_CONCURRENCY ?? Math.max(1, availableParallelism() - 1),
      places: config.IDENTITY_HASHING_QUEUE,
      refused: (outcome) => refusals.inc({ outcome }),
    })
    metrics.gauge('identity_hashing_waiting', 'Passwords that wait to be hashed', () => this.turns.waiting)
  }

  /** Computes the decoy before the first log-in, which would be slower otherwise. */
  async onApplicationBootstrap(): Promise<void> {
    await this.decoyHash()
  }

  requirePlace(claim: Claim): void {
    this.turns.requirePlace(claim)
  }

  hash(password: string, claim: Claim): Promise<string> {
    return this.inTurn(claim, () => hash(normalised(password), PARAMETERS))
  }

  /** Does the same work without a stored hash, so that timing does not tell whether an account exists. */
  async verify(stored: string | undefined, password: string, claim: Claim): Promise<boolean> {
    const against = stored ?? (await this.decoyHash())
    const matches = await this.inTurn(claim, () => verify(against, normalised(password)))
    return matches && stored !== undefined
  }

  isOutdated(stored: string): boolean {
    return !stored.startsWith(CURRENT)
  }

  private decoyHash(): Promise<string> {
    return (this.decoy ??= this.hash(DECOY.password, DECOY.claim))
  }

  private inTurn<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
    return this.turns.take(claim, work)
  }
}

/** Another keyboard may send the same password as other code points (NIST SP 800-63B-4 §3.1.1.2). */
const normalised = (password: string) => password.normalize('NFKC')
