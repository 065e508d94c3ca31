import { Injectable } from '@nestjs/common'
import { type Account, rehashPassword } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { emailKeyOf } from '../accounts/email-key.js'
import { handleKeyOf } from '../accounts/handle.js'
import { LoginAttempts } from '../attempts/login-attempts.js'
import { PasswordHasher } from '../passwords/password-hasher.js'
import { KnownBrowsers } from './known-browsers.js'
import { LoginFailedError } from './session.errors.js'

export interface Credentials {
  login: string
  password: string
  knownBrowser: string | undefined
}

/** Finds the account of a login and password as it was before the hash, with the same reads, writes and hashes whether or not it exists. */
@Injectable()
export class CheckPassword {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly attempts: LoginAttempts,
    private readonly hasher: PasswordHasher,
  ) {}

  async execute({ login, password, knownBrowser }: Credentials): Promise<Account> {
    const account = await (isEmail(login)
      ? this.accounts.findByVerifiedEmail(login)
      : this.accounts.findByHandle(login))
    const known = await this.knownBrowsers.recognise(account?.id, knownBrowser)
    await this.attempts.begin(loginKeyOf(login), known)
    const matches = await this.hasher.verify(account?.passwordHash, password)
    if (!account || !matches) throw new LoginFailedError()
    await this.attempts.succeeded(loginKeyOf(login), known)
    if (this.hasher.isOutdated(account.passwordHash)) await this.rehash(account, password)
    return account
  }

  private async rehash({ id, passwordHash }: Account, password: string): Promise<void> {
    const stronger = await this.hasher.hash(password)
    await this.accounts.change(id, (account) => rehashPassword(account, passwordHash, stronger))
  }
}

const isEmail = (login: string) => login.includes('@')
const loginKeyOf = (login: string) => (isEmail(login) ? emailKeyOf(login) : handleKeyOf(login))
