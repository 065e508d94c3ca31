import { emailKeyOf, unchanged } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { requestPasswordReset } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { isSettled, type ResetRequest } from './reset-request.js'
import { ResetRequestRepository } from './reset-request.repository.js'

/** Chance keeps this work apart from the request that asked for it and from those beside it. */
const pauseMs = () => 250 + Math.random() * 750

/** Looks, some time after the answer, for the accounts whose passwords somebody forgot. */
@Injectable()
export class SendRequestedResets implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('PasswordResets')
  private timer?: NodeJS.Timeout
  private stopped = false
  private round = Promise.resolve()

  constructor(
    private readonly requests: ResetRequestRepository,
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.wait()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.round
  }

  private wait(): void {
    if (this.stopped) return
    const look = () => void (this.round = this.sendAll())
    this.timer = setTimeout(look, pauseMs()).unref()
  }

  private async sendAll(): Promise<void> {
    try {
      for (let more = true; more && !this.stopped;) more = await this.sendNext()
    } catch (err) {
      this.logger.warn({ err }, 'password resets have to wait')
    }
    this.wait()
  }

  private async sendNext(): Promise<boolean> {
    const requests = await this.requests.claim(this.clock.now())
    if (requests.length === 0) return false
    const found = await this.accounts.findByVerifiedEmails(requests.map(({ email }) => email))
    const accounts = found.filter((account) => statusOf(account, this.clock.now()) !== 'due')
    const idOf = new Map(accounts.map(({ emailKey, id }) => [emailKey, id]))
    await this.requests.remove(requests.filter(({ email }) => !idOf.has(emailKeyOf(email))))
    for (const request of requests) {
      const accountId = idOf.get(emailKeyOf(request.email))
      if (accountId !== undefined) await this.send(request, accountId)
    }
    return true
  }

  private async send(request: ResetRequest, accountId: string): Promise<void> {
    const link = this.links.begun('reset-password', request.link)
    await this.accounts.change(accountId, (current) =>
      isSettled(request, current) ? unchanged(current) : requestPasswordReset(current, link),
    )
    await this.requests.remove([request])
  }
}
