import { availableParallelism } from 'node:os'
import { UnavailableError } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { hash, type Options, verify } from '@node-rs/argon2'
import { IdentityConfig } from '../config.js'

/** OWASP Password Storage Cheat Sheet: Argon2id (the library's standard) with 19 MiB of memory, two passes, one lane is the least. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/**
 * Hashes passwords, only so many at once: a flood of log-ins waits its turn instead of starving everything else, and is
 * refused at once when the queue is full.
 */
@Injectable()
export class PasswordHasher implements OnApplicationBootstrap {
  private readonly atOnce: number
  private atWork = 0
  private readonly waiting: (() => void)[] = []
  private decoy?: Promise<string>

  constructor(private readonly config: IdentityConfig) {
    this.atOnce = config.IDENTITY_HASHING_CONCURRENCY ?? Math.max(1, availableParallelism() - 1)
  }

  /** Made at start, or the first log-in without an account would be slower. */
  async onApplicationBootstrap(): Promise<void> {
    await this.decoyHash()
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalised(password), PARAMETERS))
  }

  /** Without a stored hash the same work is done, so that the time tells nobody whether there is an account. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.decoyHash())
    const matches = await this.inTurn(() => verify(against, normalised(password)))
    return matches && stored !== undefined
  }

  /** Made with parameters that are not today's. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(CURRENT)
  }

  /** What is compared with when there is no account. */
  private decoyHash(): Promise<string> {
    return (this.decoy ??= hash('nobody has this password', PARAMETERS))
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.atWork >= this.atOnce) await this.turn()
    else this.atWork++
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.atWork--
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.config.IDENTITY_HASHING_QUEUE)
      throw new UnavailableError('Too many people are logging in at this moment; try again in a few seconds.')
    return new Promise((resolve) => this.waiting.push(resolve))
  }
}

/** The same password typed on another keyboard may come as other code points (NIST SP 800-63B-4 §3.1.1.2). */
const normalised = (password: string) => password.normalize('NFKC')
