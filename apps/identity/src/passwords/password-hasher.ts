import { availableParallelism } from 'node:os'
import { UnavailableError } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { hash, type Options, verify } from '@node-rs/argon2'
import { IdentityConfig } from '../config.js'

/** The minimum of the OWASP Password Storage Cheat Sheet for Argon2id: 19 MiB of memory, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/**
 * Limits how many hashes run at once: a flood of log-ins queues instead of starving other work, and is refused as soon as
 * the queue is full.
 */
@Injectable()
export class PasswordHasher implements OnApplicationBootstrap {
  private readonly concurrency: number
  private running = 0
  private readonly waiting: (() => void)[] = []
  private decoy?: Promise<string>

  constructor(private readonly config: IdentityConfig) {
    this.concurrency = config.IDENTITY_HASHING_CONCURRENCY ?? Math.max(1, availableParallelism() - 1)
  }

  /** Computes the decoy before the first log-in, which would be slower otherwise. */
  async onApplicationBootstrap(): Promise<void> {
    await this.decoyHash()
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalised(password), PARAMETERS))
  }

  /** Does the same work without a stored hash, so that timing does not tell whether an account exists. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.decoyHash())
    const matches = await this.inTurn(() => verify(against, normalised(password)))
    return matches && stored !== undefined
  }

  isOutdated(stored: string): boolean {
    return !stored.startsWith(CURRENT)
  }

  private decoyHash(): Promise<string> {
    return (this.decoy ??= hash('nobody has this password', PARAMETERS))
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.concurrency) await this.turn()
    else this.running++
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.running--
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.config.IDENTITY_HASHING_QUEUE)
      throw new UnavailableError('Too many people are logging in at this moment; try again in a few seconds.')
    return new Promise((resolve) => this.waiting.push(resolve))
  }
}

/** Another keyboard may send the same password as other code points (NIST SP 800-63B-4 §3.1.1.2). */
const normalised = (password: string) => password.normalize('NFKC')
