import { DomainError } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { type Account, rehashPassword } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { ownersClaim, strangersClaim } from '../passwords/claim.js'
import { PasswordHasher } from '../passwords/password-hasher.js'
import { KnownBrowsers } from './known-browsers.js'
import { type Guess, LogInGuesses } from './log-in-guesses.js'
import { isEmail, loginKeyOf } from './login-name.js'
import { LoginFailedError } from './session.errors.js'

export interface Credentials {
  login: string
  password: string
  browserToken: string | undefined
  network: string | undefined
}

export interface Checked {
  account: Account
  /** Of a known browser, whose count is left to the caller. */
  guess: Guess | undefined
}

/** Finds the account of a login and password as it was before the hash, with the same reads, writes and hashes whether or not it exists. */
@Injectable()
export class CheckPassword {
  private readonly logger = new Logger('Passwords')

  constructor(
    private readonly accounts: AccountRepository,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly guesses: LogInGuesses,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  async execute({ login, password, browserToken, network }: Credentials): Promise<Checked> {
    const name = loginKeyOf(login)
    if (!this.knownBrowsers.mayKnow(browserToken)) this.hasher.requirePlace(strangersClaim(name, network))
    const account = await this.find(name)
    const guess = await this.guesses.begin(name, account?.id, browserToken)
    const known = guess.session !== undefined
    const claim = account && known ? ownersClaim(account.id, network) : strangersClaim(name, network)
    const matches = await this.hasher.verify(account?.passwordHash, password, claim).catch(async (refusal: unknown) => {
      await this.guesses.withdraw(guess)
      throw refusal
    })
    if (!account || !matches) {
      await this.guesses.failed(guess)
      throw new LoginFailedError()
    }
    if (!known) await this.guesses.succeeded(guess)
    if (this.hasher.isOutdated(account.passwordHash)) await this.rehash(account, password)
    return { account, guess: known ? guess : undefined }
  }

  /** Needed where no later session of the browser follows, which would begin without guesses. */
  async forget(guess: Guess | undefined): Promise<void> {
    if (guess) await this.guesses.succeeded(guess)
  }

  /** An account that waits for its erasure is unknown. */
  private async find(name: string): Promise<Account | null> {
    const found = await (isEmail(name) ? this.accounts.findByVerifiedEmail(name) : this.accounts.findByHandle(name))
    return found && statusOf(found, this.clock.now()) === 'due' ? null : found
  }

  private async rehash({ id, passwordHash }: Account, password: string): Promise<void> {
    const stronger = await this.hasher.hash(password, ownersClaim(id)).catch((refusal: unknown) => {
      if (!(refusal instanceof DomainError && refusal.kind === 'too-many')) throw refusal
      this.logger.log('a stronger hash waits for the next log-in')
    })
    if (stronger === undefined) return
    await this.accounts.change(id, (account) => rehashPassword(account, passwordHash, stronger))
  }
}
