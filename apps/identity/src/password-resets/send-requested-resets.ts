import { emailKeyOf, unchanged } from '@mpics/contracts'
import { Clock, Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { requestPasswordReset } from '../accounts/account.js'
import { statusOf } from '../accounts/account-status.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { isSettled, type ResetRequest } from './reset-request.js'
import { ResetRequestRepository } from './reset-request.repository.js'

/** A replica looks so often for requests of others that died. */
const REST_MS = 5_000
/** Chance keeps this work apart from the request that asked for it and from those beside it. */
const soon = () => 250 + Math.random() * 750

/** Looks, some time after the answer, for the accounts whose passwords somebody forgot. */
@Injectable()
export class SendRequestedResets implements OnApplicationBootstrap {
  private readonly round = {
    everyMs: REST_MS,
    failed: 'password resets have to wait',
    work: (stopping: AbortSignal) => this.sendAll(stopping),
  }

  constructor(
    private readonly requests: ResetRequestRepository,
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.begin(this.round)
  }

  /** Whether an account has the address is not known yet, so that all requests are treated alike. */
  expectOne(): void {
    this.rounds.hasten(this.round, soon())
  }

  private async sendAll(stopping: AbortSignal): Promise<void> {
    while ((await this.sendNext()) && !stopping.aborted);
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
